import Datasets
import Testing

@Suite struct SplitTests {
    @Test func `every picture is in one part, and the parts have their shares`() throws {
        let split = try Split(parsing: "train=0.9,validation=0.05,test=0.05")
        let parts = try split.assignment(count: 1000, seed: 0)
        #expect(parts.count == 1000)
        #expect((0..<3).map { part in parts.count { $0 == part } } == [900, 50, 50])
    }

    @Test func `the first part is the beginning of NumPy's permutation`() throws {
        let parts = try Split(parsing: "a=0.3,b=0.7").assignment(count: 10, seed: 0)
        // np.random.RandomState(0).permutation(10)[:3]
        #expect(parts.indices.filter { parts[$0] == 0 } == [2, 4, 8])
    }

    @Test func `another seed divides differently, the same seed alike`() throws {
        let split = try Split(parsing: "a=0.5,b=0.5")
        let parts = try split.assignment(count: 100, seed: 1)
        #expect(try split.assignment(count: 100, seed: 1) == parts)
        #expect(try split.assignment(count: 100, seed: 2) != parts)
    }

    @Test(arguments: [
        "", "train", "train=", "train=0.5", "a=0.5,a=0.5", "a=0.6,b=0.6", "a=-1,b=2", "a=nan",
        "../a=1", "a b=1", "=1", "a=0.5,,b=0.5", "a=0,b=1",
    ])
    func `a split that makes no sense is refused`(_ text: String) {
        #expect(throws: DatasetError.self) { try Split(parsing: text) }
    }

    @Test func `a part without pictures is refused`() throws {
        let split = try Split(parsing: "train=0.99,test=0.01")
        #expect(throws: DatasetError.self) { try split.assignment(count: 10, seed: 0) }
        #expect(throws: DatasetError.self) { try split.assignment(count: 0, seed: 0) }
    }
}
