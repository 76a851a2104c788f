// Loops that are compiled for several processors; the one that is there is chosen when they are called.
#pragma once

#if defined(__x86_64__) && defined(__linux__)
#define CT_VECTORISED \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CT_VECTORISED
#endif
