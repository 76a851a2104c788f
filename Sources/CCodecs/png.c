#include "cc_png.h"
