from pypinyin.constants import PINYIN_DICT
from pypinyin import lazy_pinyin
import collections

groups = collections.defaultdict(list)
over = {
    "长": "chang",
    "重": "zhong",
    "行": "xing",
    "调": "diao",
    "弹": "dan",
    "朝": "chao",
    "乐": "le",
    "单": "dan",
    "会": "hui",
    "都": "du",
    "校": "xiao",
    "还": "huan",
    "便": "bian",
    "传": "chuan",
    "厦": "sha",
    "石": "shi",
    "车": "che",
    "角": "jiao",
    "处": "chu",
    "落": "luo",
    "露": "lu",
    "没": "mei",
    "什": "shen",
    "种": "zhong",
    "率": "lv",
    "参": "can",
    "藏": "cang",
    "盛": "sheng",
    "曾": "zeng",
    "区": "qu",
    "广": "guang",
    "担": "dan",
    "当": "dang",
    "大": "da",
    "地": "di",
    "得": "de",
    "干": "gan",
    "降": "jiang",
    "给": "ji",
    "供": "gong",
    "和": "he",
    "间": "jian",
    "空": "kong",
    "量": "liang",
    "难": "nan",
    "宁": "ning",
    "强": "qiang",
    "少": "shao",
    "数": "shu",
    "系": "xi",
    "相": "xiang",
    "应": "ying",
    "转": "zhuan",
    "差": "cha",
    "称": "cheng",
    "防": "fang",
}
for cp in PINYIN_DICT:
    ch = chr(cp)
    if not (0x3400 <= cp <= 0x9FFF or 0x20000 <= cp <= 0x3FFFF or cp == 0x3007):
        continue
    p = over.get(ch) or lazy_pinyin(ch, v_to_u=False)[0]
    p = p.replace("ü", "v")
    if not p.isascii() or not p.isalpha():
        continue
    groups[p].append(ch)
print(len(groups), sum(map(len, groups.values())))
open("/work/main/resources/pinyin.txt", "w", encoding="utf-8").write(
    "# Readings of Chinese characters without tones: syllable, then its characters, the usual reading of each.\n# Made by packaging/make_pinyin.py from pypinyin (MIT) with the choices named there.\n"
    + "".join(f"{k} {''.join(v)}\n" for k, v in sorted(groups.items()))
)
