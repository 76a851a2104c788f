// A C border around libtorch.
//
// Every function returns NULL on success, or a malloc'ed message that the caller frees; no C++
// exception and no libtorch type leaves this target. Every `CTTensor **out` receives a tensor
// that the caller releases with `ct_release`.
#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct CTTensor CTTensor;
typedef const CTTensor *CTInput;

/// Element types, by libtorch's own numbers.
enum { CT_UINT8 = 0, CT_INT64 = 4, CT_FLOAT32 = 6, CT_FLOAT64 = 7, CT_COMPLEX64 = 9,
       CT_COMPLEX128 = 10, CT_BOOL = 11, CT_BFLOAT16 = 15 };

// Life and content (core.cpp).
void ct_release(CTTensor *tensor);
char *ct_rank(CTInput x, int64_t *out);
char *ct_shape(CTInput x, int64_t *out);
char *ct_type(CTInput x, int32_t *out);
char *ct_device(CTInput x, int32_t *out);
char *ct_copy_to_host(CTInput x, void *bytes, size_t byte_count);
char *ct_from_host(const void *bytes, size_t byte_count, int32_t type, const int64_t *shape,
                   size_t rank, CTTensor **out);
char *ct_full(double value, int32_t type, int32_t device, const int64_t *shape, size_t rank,
              CTTensor **out);
char *ct_arange(int64_t count, int32_t type, int32_t device, CTTensor **out);
char *ct_eye(int64_t size, int32_t type, int32_t device, CTTensor **out);
char *ct_to(CTInput x, int32_t type, int32_t device, CTTensor **out);
char *ct_clone(CTInput x, CTTensor **out);
char *ct_contiguous(CTInput x, CTTensor **out);
char *ct_channels_last(CTInput x, CTTensor **out);

// Random numbers (random.cpp): counter-based, from (seed, offset); the caller advances the offset.
char *ct_random_uniform(uint64_t seed, uint64_t offset, int32_t type, const int64_t *shape,
                        size_t rank, CTTensor **out);
char *ct_random_normal(uint64_t seed, uint64_t offset, int32_t type, const int64_t *shape,
                       size_t rank, CTTensor **out);
char *ct_random_words(uint64_t seed, uint64_t offset, uint64_t *words, size_t count);

// Products with a matrix `[rows, columns]` of normal numbers from (seed, offset), of which
// `block_rows` rows at a time are drawn (drawn.cpp): x Aᵀ, or x A when transposed.
char *ct_drawn_product(CTInput x, uint64_t seed, uint64_t offset, int64_t rows, int64_t columns,
                       int64_t block_rows, bool is_transposed, CTTensor **out);

// Element-wise (elementwise.cpp).
#define CT_UNARY_OPERATIONS(APPLY)                                                                \
  APPLY(neg) APPLY(abs) APPLY(exp) APPLY(expm1) APPLY(log) APPLY(log1p) APPLY(sqrt)              \
  APPLY(rsqrt) APPLY(square) APPLY(reciprocal) APPLY(sin) APPLY(cos) APPLY(tanh)                 \
  APPLY(sigmoid) APPLY(log_sigmoid) APPLY(softplus) APPLY(relu) APPLY(sign) APPLY(floor)         \
  APPLY(round) APPLY(erf) APPLY(lgamma) APPLY(isfinite) APPLY(logical_not) APPLY(real)           \
  APPLY(imag) APPLY(conj)
#define CT_BINARY_OPERATIONS(APPLY)                                                               \
  APPLY(add) APPLY(sub) APPLY(mul) APPLY(div) APPLY(maximum) APPLY(minimum) APPLY(pow)           \
  APPLY(gt) APPLY(ge) APPLY(lt) APPLY(le) APPLY(eq) APPLY(matmul)
#define CT_SCALAR_OPERATIONS(APPLY)                                                               \
  APPLY(add) APPLY(mul) APPLY(pow) APPLY(gt) APPLY(ge) APPLY(lt) APPLY(le) APPLY(eq)
#define CT_DECLARE_UNARY(name) char *ct_##name(CTInput x, CTTensor **out);
#define CT_DECLARE_BINARY(name) char *ct_##name(CTInput a, CTInput b, CTTensor **out);
#define CT_DECLARE_SCALAR(name) char *ct_##name##_scalar(CTInput x, double value, CTTensor **out);
CT_UNARY_OPERATIONS(CT_DECLARE_UNARY)
CT_BINARY_OPERATIONS(CT_DECLARE_BINARY)
CT_SCALAR_OPERATIONS(CT_DECLARE_SCALAR)
char *ct_clamp(CTInput x, double lower, double upper, CTTensor **out);
char *ct_where(CTInput condition, CTInput a, CTInput b, CTTensor **out);

// Reductions (reductions.cpp); no axes means all of them.
char *ct_sum(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out);
char *ct_mean(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out);
char *ct_amax(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out);
char *ct_amin(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out);
char *ct_logsumexp(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out);
char *ct_norm(CTInput x, const int64_t *axes, size_t count, bool keep, CTTensor **out);
char *ct_argmax(CTInput x, int64_t axis, CTTensor **out);
char *ct_cumsum(CTInput x, int64_t axis, CTTensor **out);
char *ct_dot(CTInput a, CTInput b, double *out);

// Shape and indexing (shape.cpp).
char *ct_reshape(CTInput x, const int64_t *shape, size_t rank, CTTensor **out);
char *ct_expand(CTInput x, const int64_t *shape, size_t rank, CTTensor **out);
char *ct_permute(CTInput x, const int64_t *axes, size_t rank, CTTensor **out);
char *ct_narrow(CTInput x, int64_t axis, int64_t start, int64_t length, CTTensor **out);
char *ct_stride_slice(CTInput x, int64_t axis, int64_t start, int64_t end, int64_t step,
                      CTTensor **out);
char *ct_select(CTInput x, int64_t axis, int64_t index, CTTensor **out);
char *ct_index_select(CTInput x, int64_t axis, CTInput indices, CTTensor **out);
char *ct_gather(CTInput x, int64_t axis, CTInput indices, CTTensor **out);
char *ct_cat(const CTInput *tensors, size_t count, int64_t axis, CTTensor **out);
char *ct_stack(const CTInput *tensors, size_t count, int64_t axis, CTTensor **out);
char *ct_flip(CTInput x, const int64_t *axes, size_t count, CTTensor **out);
char *ct_roll(CTInput x, int64_t shift, int64_t axis, CTTensor **out);
char *ct_pad(CTInput x, const int64_t *amounts, size_t count, int32_t mode, double value,
             CTTensor **out);
char *ct_diagonal(CTInput x, CTTensor **out);
char *ct_diag_embed(CTInput x, CTTensor **out);
char *ct_tril(CTInput x, int64_t diagonal, CTTensor **out);
char *ct_triu(CTInput x, int64_t diagonal, CTTensor **out);

// Layers (layers.cpp); a NULL bias is none.
char *ct_conv2d(CTInput x, CTInput weight, CTInput bias, int64_t stride, int64_t padding,
                int64_t dilation, int64_t groups, CTTensor **out);
char *ct_conv_transpose2d(CTInput x, CTInput weight, CTInput bias, int64_t stride,
                          int64_t padding, CTTensor **out);
char *ct_avg_pool2d(CTInput x, int64_t size, CTTensor **out);
char *ct_weight_norm(CTInput direction, CTInput magnitude, CTTensor **out);
// By the moments of the batch when `mean` and `variance` are NULL.
char *ct_batch_norm(CTInput x, CTInput scale, CTInput shift, CTInput mean, CTInput variance,
                    double epsilon, CTTensor **out);
char *ct_leaky_relu(CTInput x, double slope, CTTensor **out);

// Networks in one pass over the picture (pass.cpp), in single precision on the CPU, with weights
// `[out, in, size, size]` and the picture continued with zeros. Gradients can be taken with respect to the
// pictures, once. A NULL bias is none.
typedef struct CTPass CTPass;
bool ct_has_passes(void);
void ct_pass_release(CTPass *pass);
char *ct_pass_apply(const CTPass *pass, CTInput x, CTTensor **out);
// 3×3, 1×1 and 3×3, with max(·, 0) and max(·, last_floor) between them (stack.cpp).
char *ct_stack_make(const CTInput *weights, const CTInput *biases, double last_floor, CTPass **out);
// 3×3; h + 1×1(max(3×3(max(h, 0)), 0)) for every block; 3×3 of max(h, 0): 2 + 2 · blocks weights (residual.cpp).
char *ct_residual_make(const CTInput *weights, const CTInput *biases, int64_t blocks, CTPass **out);

// Linear algebra and Fourier transforms (linalg.cpp).
char *ct_slogdet(CTInput x, CTTensor **sign, CTTensor **log_absolute);
char *ct_inverse(CTInput x, CTTensor **out);
char *ct_qr(CTInput x, CTTensor **q, CTTensor **r);
// The factors of x = P·L·U: the permutation, and L without its diagonal of ones plus U.
char *ct_lu(CTInput x, CTTensor **permutation, CTTensor **packed);
char *ct_solve(CTInput a, CTInput b, CTTensor **out);
char *ct_cholesky(CTInput x, CTTensor **out);
char *ct_fft2(CTInput x, bool inverse, CTTensor **out);
char *ct_rfft2(CTInput x, CTTensor **out);
char *ct_irfft2(CTInput x, int64_t height, int64_t width, CTTensor **out);
char *ct_complex(CTInput real, CTInput imaginary, CTTensor **out);

// Autograd (autograd.cpp).
char *ct_gradient_mode(bool enabled, bool *previous);
char *ct_leaf(CTInput x, CTTensor **out);
char *ct_detach(CTInput x, CTTensor **out);
char *ct_gradients(CTInput loss, const CTInput *leaves, size_t count, bool create_graph,
                   CTTensor **out);
// Adds to every leaf behind `values` what `gradients` of these mean for it.
char *ct_push_gradients(const CTInput *values, const CTInput *gradients, size_t count);
// What was pushed to `leaf`, zero when nothing was; the leaf forgets it.
char *ct_take_gradient(CTInput leaf, CTTensor **out);

// In-place steps of optimisers (optimizers.cpp).
char *ct_adam_step(const CTInput *parameters, const CTInput *gradients, const CTInput *means,
                   const CTInput *squares, size_t count, int64_t step, double learning_rate,
                   double beta1, double beta2, double epsilon);
char *ct_lerp_in_place(const CTInput *targets, const CTInput *sources, size_t count, double weight);
char *ct_copy_in_place(CTInput target, CTInput source);
char *ct_add_in_place(CTInput target, CTInput source, double factor);
char *ct_total_norm(const CTInput *tensors, size_t count, double *out);
char *ct_scale_in_place(const CTInput *tensors, size_t count, double factor);

// Processes that work together (distributed.cpp). They meet in the file `path`, which is new. Every
// process makes the same calls in the same order. The tensors are changed in place; those of a GPU
// go through the memory of the host.
typedef struct CTGroup CTGroup;
char *ct_group_join(const char *path, bool is_local, int32_t rank, int32_t size,
                    double meeting_seconds, double patience_seconds, CTGroup **out);
void ct_group_leave(CTGroup *group);
char *ct_group_sum(CTGroup *group, const CTInput *tensors, size_t count);
char *ct_group_broadcast(CTGroup *group, const CTInput *tensors, size_t count, int32_t root);

// Work side by side (lanes.cpp): calls `body` with 0 ..< count at the same time, each on a thread of its
// own, whose operations use no further threads. `body` must not throw.
char *ct_in_lanes(int64_t count, void *context, void (*body)(void *, int64_t));

// The process (process.cpp).
char *ct_set_threads(int32_t count);
char *ct_threads(int32_t *out);
char *ct_cuda_device_count(int32_t *out);
char *ct_version(char *buffer, size_t capacity);
char *ct_set_deterministic(bool enabled);
char *ct_set_flush_denormal(bool enabled);
// Whether convolutions and matrix products are done in bfloat16; returns what was before.
char *ct_half_precision(bool enabled, int32_t device, bool *previous);

#ifdef __cplusplus
}
#endif

#endif
