import Arrays
import Foundation
import Models
import TensorSupport
import Tensors
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20))) struct BijectionLawsTests {
    @Test(arguments: BijectionCase.all)
    func `encode and decode undo each other`(_ item: BijectionCase) throws {
        try item.laws().expectInvertible()
    }

    @Test(arguments: BijectionCase.all)
    func `log-determinants are those of the Jacobian`(_ item: BijectionCase) throws {
        try item.laws().expectVolumesOfJacobians()
    }

    @Test(arguments: BijectionCase.all)
    func `volumes there and back cancel, one per sample`(_ item: BijectionCase) throws {
        try item.laws().expectOppositeVolumes()
        try item.laws().expectVolumesPerSample()
    }

    @Test(arguments: BijectionCase.all)
    func `samples of a batch do not influence each other`(_ item: BijectionCase) throws {
        try item.laws().expectIndependentSamples()
    }

    @Test(arguments: BijectionCase.all.filter { !$0.isFrozen })
    func `every parameter gets a gradient`(_ item: BijectionCase) throws {
        let (bijection, store) = try item.built()
        guard !store.ordered.isEmpty else { return }
        try BijectionLaws(bijection: bijection, x: item.samples())
            .expectGradients(of: store.ordered)
    }

    @Test(arguments: BijectionCase.all.filter { !$0.isFrozen })
    func `gradients by inversion are those of autograd`(_ item: BijectionCase) throws {
        let (bijection, store) = try item.built()
        try BijectionLaws(bijection: bijection, x: item.samples())
            .expectTracing(of: store.ordered)
    }

    @Test(arguments: BijectionCase.all)
    func `the frozen map is the same map`(_ item: BijectionCase) throws {
        try item.laws().expectSameWhenFrozen()
    }

    @Test(arguments: BijectionCase.all, [DataType.float32, .float64])
    func `type and device are those of the input`(_ item: BijectionCase, _ type: DataType) throws {
        try BijectionLaws(bijection: item.built(type).0, x: item.samples(2, type))
            .expectTypePreserved()
    }

    @Test(arguments: BijectionCase.all)
    func `starting on a batch gives what encode gives from then on`(_ item: BijectionCase) throws {
        try item.laws().expectStartAgrees()
    }

    @Test(arguments: BijectionCase.all)
    func `saved weights give the same map when loaded`(_ item: BijectionCase) throws {
        let (bijection, store) = try item.built(.float32)
        let all = store.tensors.merging(store.buffers) { parameter, _ in parameter }
        let bytes = SafetensorsFile(tensors: try all.mapValues { try $0.hostArray() })
            .serialized()
        let loaded = ParameterStore(
            stored: try SafetensorsFile(parsing: bytes, context: "test").tensors, source: "test")
        var again = try item.make(loaded.root)
        try loaded.finish()
        if item.isFrozen { again = try again.frozen() }
        let x = try item.samples(2, .float32)
        try expectClose(again.encode(x).value, bijection.encode(x).value, tolerance: .exact)
        try expectClose(
            again.encode(x).logDeterminant, bijection.encode(x).logDeterminant, tolerance: .exact)
    }

    @Test func `every bijection of the target is tested`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources/Models")
        let files = try #require(
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var types: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /(?:struct|class) (\w+)[^{\n]*: [^{\n]*\bBijection\b/) {
                types.insert(String(match.1))
            }
        }
        #expect(types.count > 8)
        #expect(types == Set(BijectionCase.all.map(\.typeName)))
    }
}
