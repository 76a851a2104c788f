#include <torch/csrc/autograd/custom_function.h>

#include <memory>

#include "core.hpp"

using namespace ct;

namespace {

// A matrix of normal numbers that is drawn again, a block of rows at a time, whenever it is needed.
struct Drawn {
  uint64_t seed;
  uint64_t offset;
  int64_t rows;
  int64_t columns;
  int64_t block;

  // Two words of the stream make a number.
  at::Tensor part(int64_t first, int64_t count, const at::TensorOptions &options) const {
    const int64_t shape[] = {count, columns};
    const uint64_t start = offset + 2 * static_cast<uint64_t>(first * columns);
    CTTensor *drawn = nullptr;
    const std::unique_ptr<char, decltype(&free)> message(
        ct_random_normal(seed, start, CT_FLOAT32, shape, 2, &drawn), &free);
    TORCH_CHECK(!message, message.get());
    const std::unique_ptr<CTTensor, decltype(&ct_release)> owner(drawn, &ct_release);
    return drawn->value.to(options);
  }

  at::Tensor product(const at::Tensor &x, bool is_transposed) const {
    TORCH_CHECK(x.dim() == 2 && x.size(1) == (is_transposed ? rows : columns), "needs [batch, ",
                is_transposed ? rows : columns, "]");
    auto result = at::zeros({x.size(0), is_transposed ? columns : rows}, x.options());
    for (int64_t first = 0; first < rows; first += block) {
      const int64_t count = std::min(block, rows - first);
      const auto matrix = part(first, count, x.options());
      if (is_transposed) {
        result.addmm_(x.narrow(1, first, count), matrix);
      } else {
        result.narrow(1, first, count).copy_(x.matmul(matrix.t()));
      }
    }
    return result;
  }
};

// A product as a step of the history that gradients are taken through: backwards it is the product
// with the transposed matrix, and nothing need be kept.
struct DrawnProduct : torch::autograd::Function<DrawnProduct> {
  static at::Tensor forward(torch::autograd::AutogradContext *context, const at::Tensor &x,
                            const Drawn &drawn, bool is_transposed) {
    auto &data = context->saved_data;
    data["seed"] = static_cast<int64_t>(drawn.seed);
    data["offset"] = static_cast<int64_t>(drawn.offset);
    data["rows"] = drawn.rows;
    data["columns"] = drawn.columns;
    data["block"] = drawn.block;
    data["is_transposed"] = is_transposed;
    return drawn.product(x, is_transposed);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                 torch::autograd::variable_list gradients) {
    auto &data = context->saved_data;
    const Drawn drawn{static_cast<uint64_t>(data["seed"].toInt()),
                      static_cast<uint64_t>(data["offset"].toInt()), data["rows"].toInt(),
                      data["columns"].toInt(), data["block"].toInt()};
    return {DrawnProduct::apply(gradients[0], drawn, !data["is_transposed"].toBool()),
            at::Tensor(), at::Tensor()};
  }
};

}  // namespace

char *ct_drawn_product(CTInput x, uint64_t seed, uint64_t offset, int64_t rows, int64_t columns,
                       int64_t block_rows, bool is_transposed, CTTensor **out) {
  return guarded([&] {
    const Drawn drawn{seed, offset, rows, columns, block_rows};
    *out = boxed(DrawnProduct::apply(x->value, drawn, is_transposed));
  });
}
