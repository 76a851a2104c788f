// PyTorch's header of its Gloo process group names types of Gloo, whose own headers do not come with
// libtorch. The group is made and used through PyTorch's functions alone, so names are enough.
#pragma once
