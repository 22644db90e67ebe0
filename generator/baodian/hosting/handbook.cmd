@echo off
rem Baodian on Windows, in the folder with mkdocs.yml. Double-click it: the handbook opens in the browser and
rem follows every change; close the window to stop. From a command window it takes any command:
rem     handbook check
rem     handbook build
rem It needs Python 3.11 or newer from python.org. At the first start it installs Baodian into .venv from the
rem file baodian-....whl that lies beside it.
setlocal
cd /d "%~dp0"
chcp 65001 >nul
set PYTHONUTF8=1
set "PY=.venv\Scripts\python.exe"
if exist "%PY%" goto ready

py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1
if errorlevel 1 (
    echo Python 3.11 or newer is needed: https://www.python.org/downloads/windows/
    goto trouble
)
py -3 -m baodian --version >nul 2>&1
if not errorlevel 1 (
    set "PY=py -3"
    goto ready
)
set "WHEEL="
for %%w in (baodian-*.whl) do set "WHEEL=%%w"
if not defined WHEEL (
    echo Put the file baodian-....whl beside handbook.cmd, then start it again.
    goto trouble
)
echo Installing Baodian into .venv ...
py -3 -m venv .venv
if errorlevel 1 goto trouble
"%PY%" -m pip install --quiet --disable-pip-version-check "%WHEEL%"
if errorlevel 1 (
    rmdir /s /q .venv
    goto trouble
)

:ready
if "%~1"=="" goto show
%PY% -m baodian %*
exit /b %errorlevel%

:show
start "" http://127.0.0.1:8000/
%PY% -m baodian serve
if not errorlevel 1 exit /b 0

:trouble
pause
exit /b 2
