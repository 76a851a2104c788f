/// What a job writes beside its numbers.
package struct OutputSpec: Equatable, Sendable {
    package enum Images: String, CaseIterable, Sendable {
        case none, png
    }

    package var images: Images
    /// Whether every picture is also written as an NPY file in float32.
    package var arrays: Bool
    package var report: Bool

    package init(images: Images = .png, arrays: Bool = false, report: Bool = true) {
        self.images = images
        self.arrays = arrays
        self.report = report
    }
}
