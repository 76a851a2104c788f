#include "cc_zlib.h"
