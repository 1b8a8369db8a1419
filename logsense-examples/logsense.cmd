@echo off
rem Runs the logsense command; builds it first when it is missing.
setlocal
set "EXAMPLES=%~dp0"
set "CLI=%EXAMPLES%cli"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo logsense: no Java found; install a JDK 17 or later, or set JAVA_HOME 1>&2
  exit /b 3
)
if not exist "%CLI%\target\.built" (
  echo logsense: building, once ^(about a minute^) ... 1>&2
  pushd "%EXAMPLES%.."
  call mvnw.cmd -q -B -pl logsense-examples/cli -am package -Dmaven.test.skip=true 1>&2
  if errorlevel 1 (
    popd
    echo logsense: the build failed; its messages are above 1>&2
    exit /b 3
  )
  popd
  echo built> "%CLI%\target\.built"
)
"%JAVA%" %LOGSENSE_JAVA_OPTS% -XX:+UseParallelGC -cp "%CLI%\target\*;%CLI%\target\lib\*" io.logsense.cli.Main %*
exit /b %ERRORLEVEL%
