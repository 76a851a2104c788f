#include <ATen/Parallel.h>
#include <ATen/ThreadLocalState.h>
#if defined(__SSE__)
#include <xmmintrin.h>
#endif

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>

#include "core.hpp"
#include "lanes.hpp"

using namespace ct;

namespace {

// Whether this thread is one of those below: what it does is done by it alone.
thread_local bool is_lane = false;

// Threads that stay: libtorch's own would share every operation of a lane among each other.
class Lanes {
 public:
  static Lanes &shared() {
    // Never destroyed: its threads may still wait when the program ends.
    static Lanes *lanes = new Lanes;
    return *lanes;
  }

  void run(int64_t count, const std::function<void(int64_t)> &body) {
    Round round{body, count};
    std::unique_lock<std::mutex> lock(mutex);
    grow(static_cast<size_t>(count), lock);
    if (threads > 0) {
      rounds.push_back(&round);
      wake.notify_all();
    }
    // Where no thread can be had, the caller does it all.
    while (threads == 0 && round.next < count) work_on(round, lock);
    idle.wait(lock, [&] { return round.done == count; });
    if (round.error) std::rethrow_exception(round.error);
  }

 private:
  // What one caller wants to have done.
  struct Round {
    const std::function<void(int64_t)> &body;
    const int64_t count;
    int64_t next = 0;
    int64_t done = 0;
    std::exception_ptr error;
  };

  std::mutex mutex;
  std::condition_variable wake;
  std::condition_variable idle;
  std::deque<Round *> rounds;
  size_t threads = 0;
  size_t ready = 0;

  // Has as many threads as there are lanes, or as many as the system allows.
  void grow(size_t count, std::unique_lock<std::mutex> &lock) {
    if (threads >= count) return;
    const int before = at::get_num_threads();
    try {
      while (threads < count) {
        std::thread([this] { serve(); }).detach();
        threads++;
      }
    } catch (const std::system_error &) {
      // Fewer do as well, and slower.
    }
    idle.wait(lock, [&] { return ready == threads; });
    // What a thread sets for itself is also what threads begin with that are new to libtorch.
    at::set_num_threads(before);
  }

  void serve() {
    is_lane = true;
    at::get_num_threads();
    at::set_num_threads(1);
    std::unique_lock<std::mutex> lock(mutex);
    ready++;
    idle.notify_all();
    while (true) {
      wake.wait(lock, [&] { return !rounds.empty(); });
      work_on(*rounds.front(), lock);
    }
  }

  // Does the next part of a round; its first error is that of the round.
  void work_on(Round &round, std::unique_lock<std::mutex> &lock) {
    const int64_t lane = round.next++;
    if (round.next == round.count && threads > 0) rounds.pop_front();
    lock.unlock();
    std::exception_ptr error;
    try {
      round.body(lane);
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    if (error && !round.error) round.error = error;
    if (++round.done == round.count) idle.notify_all();
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
  if (is_lane || count < 2) {
    // Lanes of a lane would wait for threads that wait for them.
    for (int64_t lane = 0; lane < count; lane++) body(lane);
    return;
  }
  const at::ThreadLocalState state;
  const unsigned mode = rounding();
  Lanes::shared().run(count, [&](int64_t lane) {
    const at::ThreadLocalStateGuard guard(state);
    set_rounding(mode);
    body(lane);
  });
}

char *ct_in_lanes(int64_t count, void *context, void (*body)(void *, int64_t)) {
  return guarded([&] { in_lanes(count, [&](int64_t lane) { body(context, lane); }); });
}
