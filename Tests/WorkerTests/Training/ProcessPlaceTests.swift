import Testing
import Worker

@Suite struct ProcessPlaceTests {
    private func place(_ environment: [String: String]) -> ProcessPlace? {
        ProcessPlace { environment[$0] }
    }

    private let slurm = [
        "SLURM_STEP_ID": "3", "SLURM_JOB_ID": "77", "SLURM_PROCID": "5",
        "SLURM_STEP_NUM_TASKS": "8", "SLURM_LOCALID": "1", "SLURM_STEP_NUM_NODES": "2",
    ]

    @Test func `without a word of others a process is alone`() {
        #expect(place([:]) == nil)
        #expect(Companions(count: 1) { _ in nil } == nil)
    }

    @Test func `processes of one machine are told their place`() {
        let expected = ProcessPlace(
            rank: 1, size: 4, localRank: 1, isLocal: true, meeting: "processes-1")
        #expect(place(["SLUICE_PROCESS": "1/4/processes-1"]) == expected)
    }

    @Test(arguments: ["", "1/4", "4/4/x", "-1/4/x", "a/b/c"])
    func `a place that makes no sense is none`(_ text: String) {
        #expect(place(["SLUICE_PROCESS": text]) == nil)
    }

    @Test func `srun gives every process its place`() {
        let expected = ProcessPlace(
            rank: 5, size: 8, localRank: 1, isLocal: false, meeting: "slurm-77-3")
        #expect(place(slurm) == expected)
        #expect(place(slurm.merging(["SLURM_STEP_NUM_NODES": "1"]) { $1 })?.isLocal == true)
    }

    @Test func `one task, or sbatch without srun, is one process`() {
        #expect(place(slurm.merging(["SLURM_STEP_NUM_TASKS": "1"]) { $1 }) == nil)
        #expect(place(slurm.filter { $0.key != "SLURM_STEP_ID" }) == nil)
    }

    @Test func `the first of several has the first place`() {
        let companions = Companions(count: 3) { _ in nil }
        #expect(companions?.place.rank == 0 && companions?.place.size == 3)
    }
}
