/* icuuc.dll belongs to Windows 10, and Qt6Core imports it; Wine 8 has none. In this one no converter
   exists (Qt then uses its own), so most functions are never called. */
#define EXPORT __declspec(dllexport)
#define FILE_ACCESS_ERROR 4
#define ILLEGAL_ARGUMENT 1
#define UNUSED(name) EXPORT void name(void) {}

EXPORT void *ucnv_open(const char *name, int *error) { if (error) *error = FILE_ACCESS_ERROR; return 0; }
EXPORT const char *ucnv_getName(const void *converter, int *error) { if (error) *error = ILLEGAL_ARGUMENT; return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int number) { return 0; }
EXPORT unsigned short ucnv_countAliases(const char *name, int *error) { return 0; }
EXPORT const char *ucnv_getAlias(const char *name, unsigned short number, int *error) { return 0; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error) { return 0; }
EXPORT const char *u_errorName(int error) { return "none"; }

UNUSED(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
UNUSED(UCNV_TO_U_CALLBACK_SUBSTITUTE)
UNUSED(ucnv_cbFromUWriteUChars)
UNUSED(ucnv_cbToUWriteUChars)
UNUSED(ucnv_close)
UNUSED(ucnv_fromUCountPending)
UNUSED(ucnv_fromUnicode)
UNUSED(ucnv_getFromUCallBack)
UNUSED(ucnv_getMaxCharSize)
UNUSED(ucnv_getToUCallBack)
UNUSED(ucnv_reset)
UNUSED(ucnv_setFromUCallBack)
UNUSED(ucnv_setToUCallBack)
UNUSED(ucnv_toUCountPending)
UNUSED(ucnv_toUnicode)
