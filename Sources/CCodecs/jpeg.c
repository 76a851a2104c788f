#include "cc_jpeg.h"
