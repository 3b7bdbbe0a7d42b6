"""Finding any record by Chinese, pinyin or initials."""
