/* python.exe: runs the python311.dll beside it. The wheel that CPython comes from has no exe. */
#include <windows.h>

typedef int (*main_function)(int, wchar_t **);

int wmain(int argc, wchar_t **argv) {
  wchar_t path[MAX_PATH];
  GetModuleFileNameW(NULL, path, MAX_PATH);
  wcscpy(wcsrchr(path, L'\\') + 1, L"python311.dll");
  HMODULE python = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
  if (!python)
    return 111;
  return ((main_function)(void *)GetProcAddress(python, "Py_Main"))(argc, argv);
}
