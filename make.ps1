# The commands of this project on Windows; the same words as in the Makefile.
#   powershell -ExecutionPolicy Bypass -File make.ps1 run
param([ValidateSet("help", "setup", "run", "test", "lint", "format", "bench", "package", "docs", "clean")] [string] $Command = "help")
$ErrorActionPreference = "Stop"
Set-Location $PSScriptRoot

$python = ".venv\Scripts\python.exe"

function Invoke-Checked {
    $rest = @($args | Select-Object -Skip 1)
    & $args[0] @rest
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

function Initialize-Environment {
    $launcher = if (Get-Command py -ErrorAction SilentlyContinue) { @("py", "-3") } else { @("python") }
    Invoke-Checked @launcher packaging\setup_environment.py @args
}

switch ($Command) {
    "help" { Get-Content Makefile | Select-String '^([a-z]+):.*## (.*)' | ForEach-Object { "  make.ps1 {0,-9} {1}" -f $_.Matches[0].Groups[1].Value, $_.Matches[0].Groups[2].Value } }
    "setup" { Initialize-Environment }
    "run" { Initialize-Environment; Invoke-Checked $python packaging\run_sample.py }
    "test" {
        Initialize-Environment --tests
        $env:QT_QPA_PLATFORM = "offscreen"
        # The private PostgreSQL server of the tests speaks through a socket file, which Windows does not have.
        $env:DRILLAPP_NO_POSTGRES = "1"
        Invoke-Checked $python -m pytest -n 3 --dist worksteal
    }
    "lint" {
        Initialize-Environment --dev
        Invoke-Checked .venv\Scripts\ruff.exe check .
        Invoke-Checked .venv\Scripts\ruff.exe format --check .
        Invoke-Checked .venv\Scripts\mypy.exe
        Invoke-Checked .venv\Scripts\lint-imports.exe
    }
    "format" {
        Initialize-Environment --dev
        Invoke-Checked .venv\Scripts\ruff.exe check --fix .
        Invoke-Checked .venv\Scripts\ruff.exe format .
    }
    "bench" { Initialize-Environment --dev; $env:QT_QPA_PLATFORM = "offscreen"; Invoke-Checked $python -m benchmarks }
    "package" { Initialize-Environment --package; Invoke-Checked $python packaging\build_program.py }
    "docs" { Initialize-Environment --dev; Invoke-Checked $python packaging\check_docs.py }
    "clean" {
        $built = "build", "dist", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache", ".hypothesis"
        Remove-Item -Recurse -Force -ErrorAction SilentlyContinue $built
    }
}
