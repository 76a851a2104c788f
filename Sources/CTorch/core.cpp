#include "core.hpp"

using namespace ct;

void ct_release(CTTensor *tensor) { delete tensor; }

char *ct_rank(CTInput x, int64_t *out) {
  return guarded([&] { *out = x->value.dim(); });
}

char *ct_shape(CTInput x, int64_t *out) {
  return guarded([&] {
    const auto sizes = x->value.sizes();
    std::copy(sizes.begin(), sizes.end(), out);
  });
}

char *ct_type(CTInput x, int32_t *out) {
  return guarded([&] { *out = static_cast<int32_t>(x->value.scalar_type()); });
}

char *ct_device(CTInput x, int32_t *out) {
  return guarded([&] { *out = x->value.is_cuda() ? x->value.get_device() : -1; });
}

char *ct_copy_to_host(CTInput x, void *bytes, size_t byte_count) {
  return guarded([&] {
    const auto host = x->value.detach().to(at::kCPU).resolve_conj().contiguous();
    TORCH_CHECK(host.nbytes() == byte_count, "the buffer has ", byte_count, " bytes, the tensor ",
                host.nbytes());
    std::memcpy(bytes, host.const_data_ptr(), byte_count);
  });
}

char *ct_from_host(const void *bytes, size_t byte_count, int32_t type, const int64_t *shape,
                   size_t rank, CTTensor **out) {
  return guarded([&] {
    auto result = at::empty(ints(shape, rank), options(type, -1));
    TORCH_CHECK(result.nbytes() == byte_count, "the bytes are ", byte_count, ", the shape needs ",
                result.nbytes());
    std::memcpy(result.mutable_data_ptr(), bytes, byte_count);
    *out = boxed(result);
  });
}

char *ct_full(double value, int32_t type, int32_t device_index, const int64_t *shape, size_t rank,
              CTTensor **out) {
  return guarded(
      [&] { *out = boxed(at::full(ints(shape, rank), value, options(type, device_index))); });
}

char *ct_arange(int64_t count, int32_t type, int32_t device_index, CTTensor **out) {
  return guarded([&] { *out = boxed(at::arange(count, options(type, device_index))); });
}

char *ct_eye(int64_t size, int32_t type, int32_t device_index, CTTensor **out) {
  return guarded([&] { *out = boxed(at::eye(size, options(type, device_index))); });
}

char *ct_to(CTInput x, int32_t type, int32_t device_index, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.to(options(type, device_index))); });
}

char *ct_clone(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.clone()); });
}

char *ct_contiguous(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.contiguous()); });
}

char *ct_channels_last(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.contiguous(at::MemoryFormat::ChannelsLast)); });
}
