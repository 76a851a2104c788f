import Programs
import Testing

@Suite struct FreeMemoryTests {
    private let machine = ["/proc/meminfo": "MemTotal: 9000 kB\nMemAvailable:    8000 kB\n"]
    private let group = [
        "/proc/self/cgroup": "1:cpu:/x\n0::/outer/inner\n",
        "/sys/fs/cgroup/outer/inner/memory.max": "max\n",
        "/sys/fs/cgroup/outer/inner/memory.current": "1\n",
        "/sys/fs/cgroup/outer/memory.max": "5000000\n",
        "/sys/fs/cgroup/outer/memory.current": "1000000\n",
    ]
    private let process = [
        "/proc/self/limits": "Limit                     Soft Limit           Hard Limit\n"
            + "Max address space         3000000              unlimited            bytes\n",
        "/proc/self/status": "Name: x\nVmSize:\t    1000 kB\n",
    ]

    private func bytes(_ files: [String: String]...) -> Int? {
        let all = files.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        return FreeMemory { all[$0] }.bytes
    }

    @Test func `the least of machine, control groups and limits counts`() {
        #expect(bytes() == nil)
        #expect(bytes(machine) == 8_192_000)
        #expect(bytes(machine, group) == 4_000_000)
        #expect(bytes(machine, group, process) == 3_000_000 - 1_024_000)
        #expect(
            bytes(machine, ["/proc/self/limits": "Max address space unlimited unlimited bytes"])
                == 8_192_000)
    }

    @Test func `groups of version 1 count too, and the limit of data`() {
        let old = [
            "/proc/self/cgroup": "4:cpu,memory:/outer/inner\n1:name=systemd:/x\n",
            "/sys/fs/cgroup/memory/outer/inner/memory.limit_in_bytes": "9223372036854771712\n",
            "/sys/fs/cgroup/memory/outer/inner/memory.usage_in_bytes": "4096\n",
            "/sys/fs/cgroup/memory/outer/memory.limit_in_bytes": "6000000\n",
            "/sys/fs/cgroup/memory/outer/memory.usage_in_bytes": "1000000\n",
        ]
        #expect(bytes(machine, old) == 5_000_000)
        let data = [
            "/proc/self/limits": "Max data size             2000000              unlimited bytes\n",
            "/proc/self/status": "Name: x\nVmData:\t    1000 kB\n",
        ]
        #expect(bytes(machine, data) == 2_000_000 - 1_024_000)
    }

    @Test func `a group that has taken more than it may leaves nothing`() {
        var full = group
        full["/sys/fs/cgroup/outer/memory.current"] = "6000000"
        #expect(bytes(machine, full) == 0)
    }

    @Test func `what groups keep of files can be had`() {
        var cached = group
        cached["/sys/fs/cgroup/outer/memory.stat"] =
            "anon 300000\nfile 700000\ninactive_file 500000\nactive_file 100000\n"
        #expect(bytes(machine, cached) == 4_600_000)
        let old = [
            "/proc/self/cgroup": "4:memory:/outer\n",
            "/sys/fs/cgroup/memory/outer/memory.limit_in_bytes": "6000000\n",
            "/sys/fs/cgroup/memory/outer/memory.usage_in_bytes": "6000000\n",
            "/sys/fs/cgroup/memory/outer/memory.stat":
                "inactive_file 1\nactive_file 2\ntotal_inactive_file 3000000\n"
                + "total_active_file 1000000\n",
        ]
        #expect(bytes(machine, old) == 4_000_000)
    }

    @Test func `numbers may stand right behind a tab`() {
        let large = ["/proc/self/status": "VmSize:\t1000000000 kB\n"]
        let limits = ["/proc/self/limits": "Max address space  2000000000000 unlimited bytes\n"]
        #expect(bytes(large, limits) == 2_000_000_000_000 - 1_024_000_000_000)
    }

    @Test func `this system says something`() throws {
        #expect(try #require(FreeMemory().bytes) > 1 << 20)
    }
}
