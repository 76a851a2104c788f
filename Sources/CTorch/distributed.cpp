#define USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include "core.hpp"

using namespace ct;

struct CTGroup {
  c10::intrusive_ptr<c10d::ProcessGroupGloo> value;
  std::chrono::milliseconds patience;
};

namespace {

// All tensors as one row of numbers in the memory of the host.
at::Tensor flat(const std::vector<at::Tensor> &tensors) {
  std::vector<at::Tensor> rows;
  rows.reserve(tensors.size());
  for (const auto &tensor : tensors) rows.push_back(tensor.detach().reshape({-1}));
  return at::cat(rows).to(at::kCPU).contiguous();
}

void scatter(const at::Tensor &row, const std::vector<at::Tensor> &tensors) {
  at::NoGradGuard guard;
  int64_t start = 0;
  for (const auto &tensor : tensors) {
    tensor.detach().copy_(row.narrow(0, start, tensor.numel()).reshape(tensor.sizes()));
    start += tensor.numel();
  }
}

}  // namespace

char *ct_group_join(const char *path, bool is_local, int32_t rank, int32_t size,
                    double meeting_seconds, double patience_seconds, CTGroup **out) {
  return guarded([&] {
    const std::chrono::milliseconds timeout(static_cast<int64_t>(meeting_seconds * 1000));
    const std::chrono::milliseconds patience(static_cast<int64_t>(patience_seconds * 1000));
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    options->devices.push_back(is_local
                                   ? c10d::ProcessGroupGloo::createDeviceForHostname("127.0.0.1")
                                   : c10d::ProcessGroupGloo::createDefaultDevice());
    auto store = c10::make_intrusive<c10d::FileStore>(path, size);
    store->setTimeout(timeout);
    *out = new CTGroup{
        c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options), patience};
  });
}

void ct_group_leave(CTGroup *group) { delete group; }

char *ct_group_sum(CTGroup *group, const CTInput *inputs, size_t count) {
  return guarded([&] {
    const auto values = tensors(inputs, count);
    std::vector<at::Tensor> row{flat(values)};
    c10d::AllreduceOptions options;
    options.timeout = group->patience;
    group->value->allreduce(row, options)->wait();
    scatter(row[0], values);
  });
}

char *ct_group_broadcast(CTGroup *group, const CTInput *inputs, size_t count, int32_t root) {
  return guarded([&] {
    const auto values = tensors(inputs, count);
    std::vector<at::Tensor> row{flat(values)};
    c10d::BroadcastOptions options;
    options.rootRank = root;
    options.timeout = group->patience;
    group->value->broadcast(row, options)->wait();
    scatter(row[0], values);
  });
}
