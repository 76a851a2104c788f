#include "core.hpp"

using namespace ct;

char *ct_reshape(CTInput x, const int64_t *shape, size_t rank, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.reshape(ints(shape, rank))); });
}

char *ct_expand(CTInput x, const int64_t *shape, size_t rank, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.expand(ints(shape, rank))); });
}

char *ct_permute(CTInput x, const int64_t *axes, size_t rank, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.permute(ints(axes, rank))); });
}

char *ct_narrow(CTInput x, int64_t axis, int64_t start, int64_t length, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.narrow(axis, start, length)); });
}

char *ct_stride_slice(CTInput x, int64_t axis, int64_t start, int64_t end, int64_t step,
                      CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.slice(axis, start, end, step)); });
}

char *ct_select(CTInput x, int64_t axis, int64_t index, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.select(axis, index)); });
}

char *ct_index_select(CTInput x, int64_t axis, CTInput indices, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.index_select(axis, indices->value)); });
}

char *ct_gather(CTInput x, int64_t axis, CTInput indices, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.gather(axis, indices->value)); });
}

char *ct_cat(const CTInput *inputs, size_t count, int64_t axis, CTTensor **out) {
  return guarded([&] { *out = boxed(at::cat(tensors(inputs, count), axis)); });
}

char *ct_stack(const CTInput *inputs, size_t count, int64_t axis, CTTensor **out) {
  return guarded([&] { *out = boxed(at::stack(tensors(inputs, count), axis)); });
}

char *ct_flip(CTInput x, const int64_t *axes, size_t count, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.flip(ints(axes, count))); });
}

char *ct_roll(CTInput x, int64_t shift, int64_t axis, CTTensor **out) {
  return guarded([&] { *out = boxed(at::roll(x->value, shift, axis)); });
}

char *ct_pad(CTInput x, const int64_t *amounts, size_t count, int32_t mode, double value,
             CTTensor **out) {
  return guarded([&] {
    const char *names[] = {"constant", "reflect", "replicate", "circular"};
    TORCH_CHECK(mode >= 0 && mode < 4, "unknown padding mode ", mode);
    const auto fill = mode == 0 ? std::optional<double>(value) : std::nullopt;
    *out = boxed(at::pad(x->value, ints(amounts, count), names[mode], fill));
  });
}

char *ct_diagonal(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(x->value.diagonal(0, -2, -1)); });
}

char *ct_diag_embed(CTInput x, CTTensor **out) {
  return guarded([&] { *out = boxed(at::diag_embed(x->value)); });
}

char *ct_tril(CTInput x, int64_t diagonal, CTTensor **out) {
  return guarded([&] { *out = boxed(at::tril(x->value, diagonal)); });
}

char *ct_triu(CTInput x, int64_t diagonal, CTTensor **out) {
  return guarded([&] { *out = boxed(at::triu(x->value, diagonal)); });
}
