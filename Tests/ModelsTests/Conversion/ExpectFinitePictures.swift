import Models
import Tensors
import Testing

/// Expects finite pictures and log-determinants of latents up to six standard deviations away.
func expectFinitePictures(
    _ flow: Flow, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    var generator = Generator(seed: 9)
    let uniform = try generator.uniform([8, flow.dimensions]) * 12 - 6
    let corners = try generator.normal([8, flow.dimensions]).sign() * 6
    for z in [uniform, corners] {
        let mapped = try flow.decode(z)
        #expect(try mapped.value.isAllFinite(), sourceLocation: sourceLocation)
        #expect(try mapped.logDeterminant.isAllFinite(), sourceLocation: sourceLocation)
    }
}
