#include <ATen/Parallel.h>
#include <ATen/ThreadLocalState.h>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "core.hpp"
#include "lanes.hpp"

using namespace ct;

namespace {

// Threads that stay: libtorch's own would share every operation of a lane among each other.
class Lanes {
 public:
  static Lanes &shared() {
    // Never destroyed: its threads may still wait when the program ends.
    static Lanes *lanes = new Lanes;
    return *lanes;
  }

  void run(std::vector<std::function<void()>> work) {
    std::unique_lock<std::mutex> lock(mutex);
    grow(work.size(), lock);
    size_t left = work.size();
    for (auto &item : work) {
      queue.push_back([this, &left, item = std::move(item)] {
        item();
        std::lock_guard<std::mutex> guard(mutex);
        if (--left == 0) idle.notify_all();
      });
    }
    wake.notify_all();
    idle.wait(lock, [&] { return left == 0; });
  }

 private:
  std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable idle;
  std::deque<std::function<void()>> queue;
  size_t threads = 0;
  size_t ready = 0;

  void grow(size_t count, std::unique_lock<std::mutex> &lock) {
    if (threads >= count) return;
    const int before = at::get_num_threads();
    while (threads < count) {
      std::thread([this] { serve(); }).detach();
      threads++;
    }
    idle.wait(lock, [&] { return ready == threads; });
    // What a thread sets for itself is also what threads begin with that are new to libtorch.
    at::set_num_threads(before);
  }

  void serve() {
    at::get_num_threads();
    at::set_num_threads(1);
    std::unique_lock<std::mutex> lock(mutex);
    ready++;
    idle.notify_all();
    while (true) {
      wake.wait(lock, [&] { return !queue.empty(); });
      auto work = std::move(queue.front());
      queue.pop_front();
      lock.unlock();
      work();
      lock.lock();
    }
  }
};

// How the calling thread treats numbers that are too small for full precision.
unsigned rounding() {
#if defined(__SSE__)
  return _mm_getcsr();
#else
  return 0;
#endif
}

void set_rounding(unsigned state) {
#if defined(__SSE__)
  _mm_setcsr(state);
#endif
}

}  // namespace

void ct::in_lanes(int64_t count, const std::function<void(int64_t)> &body) {
  const at::ThreadLocalState state;
  const unsigned mode = rounding();
  std::vector<std::function<void()>> work;
  for (int64_t i = 0; i < count; i++) {
    work.push_back([&, i] {
      const at::ThreadLocalStateGuard guard(state);
      set_rounding(mode);
      body(i);
    });
  }
  Lanes::shared().run(std::move(work));
}

char *ct_in_lanes(int64_t count, void *context, void (*body)(void *, int64_t)) {
  return guarded([&] { in_lanes(count, [&](int64_t lane) { body(context, lane); }); });
}
