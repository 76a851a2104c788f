import Arrays
import Models
import TensorSupport
import Tensors
import Testing

@Suite(.timeLimit(.minutes(20))) struct MappedConversionTests {
    private let architecture = """
        {"glow": {"levels": 1, "steps": 1, "last_steps": 1, "hidden": 4, "scale": "sigmoid",
        "split_prior": "standard", "mixing": "lu"}}
        """

    /// The weights of a new Glow, their names in upper case.
    private func foreign() throws -> (tensors: [String: HostArray], map: [String: String]) {
        let store = ParameterStore(random: Generator(seed: 1))
        _ = try Architecture.glow(
            .init(levels: 1, steps: 1, lastSteps: 1, hidden: 4, scale: .sigmoid, mixing: .lu)
        ).flow(imageShape: [1, 4, 6], in: store.root)
        let all = store.tensors.merging(store.buffers) { parameter, _ in parameter }
        let tensors = try all.map { ($0.key.uppercased(), try $0.value.hostArray()) }
        let map = all.keys.map { ($0.uppercased(), $0) }
        return (Dictionary(uniqueKeysWithValues: tensors), Dictionary(uniqueKeysWithValues: map))
    }

    private func convert(
        _ tensors: [String: HostArray], _ map: [String: String]?, _ text: String?,
        _ format: CheckpointFormat = .safetensors
    ) throws -> ConvertedModel {
        var options = ConversionOptions()
        options.map = map
        options.architecture = try text.map { try JSONValue(parsing: $0, context: "test") }
        options.size = [4, 6]
        options.channels = 1
        return try Conversion(format: format, options: options).converted(tensors: tensors)
    }

    @Test(arguments: [CheckpointFormat.safetensors, .npz])
    func `a map leads to our names`(_ format: CheckpointFormat) throws {
        let (tensors, map) = try foreign()
        let model = try convert(tensors, map, architecture, format)
        #expect(model.imageShape == [1, 4, 6])
        #expect(model.bits == 8)
        #expect(Set(model.weights.keys) == Set(map.values))
        #expect(try SelfTest(model.flow(.float64)).run().problems == [])
    }

    @Test func `a whole description says the shape and the depth too`() throws {
        let (tensors, map) = try foreign()
        let text = """
            {"architecture": \(architecture), "bits": 5, "image_shape": [1, 8, 10], "version": 1}
            """
        let model = try convert(tensors, map, text)
        #expect(model.imageShape == [1, 8, 10] && model.bits == 5)
    }

    @Test func `names that are ours already need no map`() throws {
        let (tensors, map) = try foreign()
        var ours: [String: HostArray] = [:]
        for (name, array) in tensors { ours[map[name] ?? ""] = array }
        #expect(try convert(ours, nil, architecture).weights == ours)
        let error = #expect(throws: ConversionError.self) {
            try convert(tensors, nil, architecture)
        }
        guard case .tensors(let problems) = error?.reason else {
            Issue.record("\(error as Any)")
            return
        }
        #expect(problems.count == 2 * tensors.count)
    }

    @Test func `a map that does not fit is refused with all its mistakes`() throws {
        let (tensors, map) = try foreign()
        let names = map.keys.sorted()
        var wrong = map
        wrong[names[0]] = nil
        wrong["NOWHERE"] = "x"
        wrong[names[1]] = wrong[names[2]]
        let error = #expect(throws: ConversionError.self) {
            try convert(tensors, wrong, architecture)
        }
        #expect(
            error?.reason
                == .tensors([
                    .unexpected(name: names[0], shape: try #require(tensors[names[0]]).shape),
                    .duplicate(name: try #require(map[names[2]])),
                    .missing(name: "NOWHERE", shape: []),
                ]))
    }

    @Test(arguments: [nil, "{}", "[]", #"{"glow": {"levels": "two"}}"#, #"{"unreal": {}}"#])
    func `a description that is none is refused`(_ text: String?) throws {
        let (tensors, map) = try foreign()
        let error = #expect(throws: ConversionError.self) { try convert(tensors, map, text) }
        #expect("\(error as Any)".contains("--architecture"))
    }
}
