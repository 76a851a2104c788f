import Arrays
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct ParameterStoreTests {
    private func array(_ values: [Float], _ shape: [Int]? = nil) -> HostArray {
        HostArray(values, shape: shape ?? [values.count])
    }

    @Test func `names are paths through scopes, in the order of asking`() throws {
        let store = ParameterStore(random: Generator(seed: 1))
        let scope = store.root / "flow" / 0
        _ = try (scope / "network").parameter("weight", [2, 3], .normal(std: 0.1))
        _ = try scope.parameter("shift", [3], .zeros)
        try store.finish()
        #expect(store.names == ["flow.0.network.weight", "flow.0.shift"])
        #expect(store.ordered.map(\.shape) == [[2, 3], [3]])
        #expect(store.tensors["flow.0.shift"]?.shape == [3])
    }

    @Test func `everything that does not match is listed at once`() throws {
        let store = ParameterStore(
            stored: [
                "fits": array([1, 2]), "misshapen": array([1, 2, 3]), "broken": array([1, .nan]),
                "b.extra": array([1]), "a.extra": array([1, 2], [1, 2]),
            ], source: "weights.safetensors")
        for name in ["fits", "missing", "misshapen", "broken", "fits"] {
            _ = try store.root.parameter(name, [2], .zeros)
        }
        let error = #expect(throws: ParameterError.self) { try store.finish() }
        #expect(
            error?.problems == [
                .missing(name: "missing", shape: [2]),
                .misshapen(name: "misshapen", expected: [2], found: [3]),
                .nonFinite(name: "broken"), .duplicate(name: "fits"),
                .unexpected(name: "a.extra", shape: [1, 2]),
                .unexpected(name: "b.extra", shape: [1]),
            ])
        let text = "\(error as Any)"
        for part in ["weights.safetensors", "6 tensors", "misshapen is [3], must be [2]"] {
            #expect(text.contains(part))
        }
    }

    @Test func `stored weights are loaded bit for bit`() throws {
        let values: [Float] = [0.1, -.pi, 1e-30]
        let store = ParameterStore(stored: ["w": array(values)], source: "file")
        let tensor = try store.root.parameter("w", [3], .zeros)
        try store.finish()
        #expect(try tensor.floats() == values)
    }

    @Test(arguments: [ElementType.float16, .bfloat16, .float64])
    func `weights of other precision are converted`(_ type: ElementType) throws {
        let stored = try array([0.5, -2]).converted(to: type)
        let store = ParameterStore(stored: ["w": stored], source: "file")
        #expect(try store.root.parameter("w", [2], .zeros).floats() == [0.5, -2])
        try store.finish()
    }

    @Test func `missing weights of absurd shape take no memory`() throws {
        let store = ParameterStore(stored: [:], source: "file", isTrainable: true)
        let stand = try store.root.parameter("w", [1 << 30, 1 << 20], .zeros)
        #expect(stand.shape == [1 << 30, 1 << 20])
        #expect(throws: ParameterError.self) { try store.finish() }
    }

    @Test func `complex weights are listed`() throws {
        let stored = try HostArray(
            shape: [1], elementType: .complex64, bytes: [UInt8](repeating: 0, count: 8))
        let store = ParameterStore(stored: ["w": stored], source: "file")
        _ = try store.root.parameter("w", [1], .zeros)
        let error = #expect(throws: ParameterError.self) { try store.finish() }
        #expect(error?.problems == [.wrongType(name: "w", found: .complex64)])
    }

    @Test(arguments: [DataType.float32, .float64])
    func `parameters have the type and the history that are asked for`(_ type: DataType) throws {
        let fresh = ParameterStore(random: Generator(seed: 1), type)
        let trainable = try fresh.root.parameter("w", [2], .constant(3))
        #expect(try trainable.dataType() == type)
        let gradient = try trainable.square().sum().gradients(of: [trainable])[0]
        #expect(try gradient.doubles() == [6, 6])
        let fixed = try ParameterStore(stored: ["w": array([1])], source: "file", type)
            .root.parameter("w", [1], .zeros)
        #expect(try fixed.dataType() == type)
        #expect(throws: TorchError.self) { try fixed.sum().gradients(of: [fixed]) }
    }

    @Test func `the same seed begins with the same weights`() throws {
        func draw(_ seed: UInt64) throws -> [Float] {
            let store = ParameterStore(random: Generator(seed: seed))
            _ = try store.root.parameter("a", [2], .zeros)
            return try store.root.parameter("b", [4], .normal(std: 2)).floats()
        }
        #expect(try draw(1) == draw(1))
        #expect(try draw(1) != draw(2))
    }

    @Test func `initializers give what they say`() throws {
        let store = ParameterStore(random: Generator(seed: 6))
        func start(_ shape: [Int], _ initializer: Initializer) throws -> Tensor {
            try store.root.parameter("p\(store.names.count)", shape, initializer)
        }
        #expect(try start([2], .zeros).doubles() == [0, 0])
        #expect(try start([2], .constant(1.5)).doubles() == [1.5, 1.5])
        #expect(try start([1], .value(Tensor([7] as [Float], shape: [1]))).doubles() == [7])
        let normal = try start([40_000], .normal(std: 0.5))
        try expectClose(
            normal.square().mean().item(), 0.25, tolerance: Tolerance(absolute: 0.01))
        let uniform = try start([10_000], .fanIn(16))
        #expect(try uniform.largest().item() <= 0.25)
        #expect(try uniform.smallest().item() < -0.24)
        let rotation = try start([5, 5], .rotation)
        try expectClose(
            rotation.matrixProduct(rotation.transposed()), .identity(5),
            tolerance: .float32(accumulating: 25))
    }

    @Test func `a buffer is stored beside the parameters and never trained`() throws {
        let store = ParameterStore(random: Generator(seed: 1))
        let buffer = try store.root.buffer("mean", [2], .constant(3))
        try store.finish()
        #expect(store.names.isEmpty && store.tensors.isEmpty)
        #expect(try buffer.doubles() == [3, 3])
        #expect(store.buffers.keys.sorted() == ["mean"])
    }

    @Test func `random values are drawn for a new model only`() throws {
        let store = ParameterStore(random: Generator(seed: 1))
        let first = try #require(try store.root.drawn([2], .normal(std: 1)))
        let second = try #require(try store.root.drawn([2], .normal(std: 1)))
        #expect(try first.floats() != second.floats())
        #expect(store.names.isEmpty)
        let loaded = ParameterStore(stored: [:], source: "test")
        #expect(try loaded.root.drawn([2], .normal(std: 1)) == nil)
        try loaded.finish()
    }

    @Test func `a buffer is loaded by its name, and missed when it is not there`() throws {
        let array = try Tensor([1, 2] as [Float], shape: [2]).hostArray()
        let store = ParameterStore(stored: ["mean": array], source: "test")
        #expect(try store.root.buffer("mean", [2], .zeros).doubles() == [1, 2])
        try store.finish()
        let other = ParameterStore(stored: ["mean": array], source: "test")
        _ = try other.root.buffer("deviation", [2], .zeros)
        #expect(throws: ParameterError.self) { try other.finish() }
    }
}
