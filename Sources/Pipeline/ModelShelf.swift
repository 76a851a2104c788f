import Arrays
import Foundation
package import Models
import Programs
package import Tensors

/// Keeps the models that were used last in memory, and the last operator, so that the next job need
/// not make them again.
package struct ModelShelf {
    /// A model with its weights.
    package struct Entry {
        package let folder: ModelFolder
        package let generator: any PictureGenerator
        /// What it says of pictures that it knows, nil where nobody has looked.
        package let reference: PictureReference?

        /// The model as an unfolded network.
        ///
        /// - Throws: `ModelError` when it is another model.
        package var unfolded: UnfoldedModel {
            get throws(ModelError) {
                guard let network = generator as? UnfoldedModel else {
                    throw ModelError(folder: folder.path, .notUnfolded)
                }
                return network
            }
        }

        /// The model as something with latents to look for.
        ///
        /// - Throws: `ModelError` when it is an unfolded network.
        package var latentGenerator: any PictureGenerator {
            get throws(ModelError) {
                guard !(generator is UnfoldedModel) else {
                    throw ModelError(folder: folder.path, .unfolded)
                }
                return generator
            }
        }

        /// The model as a flow.
        ///
        /// - Throws: `ModelError` when it makes pictures but has no density.
        package var flow: Flow {
            get throws(ModelError) {
                guard let flow = try latentGenerator as? Flow else {
                    throw ModelError(folder: folder.path, .withoutDensity)
                }
                return flow
            }
        }
    }

    private struct Place: Equatable {
        let path: String
        let device: Device
        /// Size and time of its files: other files are another model.
        let stamp: String
    }

    var operators = OperatorShelf()
    private var entries: [(place: Place, entry: Entry)] = []
    private let capacity: Int

    /// A shelf for `capacity` models: a prior and one of noise, for instance.
    package init(capacity: Int = 3) {
        self.capacity = capacity
    }

    /// The model in `path`, from memory when it is still the same.
    ///
    /// - Throws: `ModelError`, `ParameterError` or `TorchError`.
    package mutating func model(at path: String, on device: Device) throws -> Entry {
        let folder = try ModelFolder(reading: path)
        let place = Place(path: path, device: device, stamp: stamp(of: folder))
        if let index = entries.firstIndex(where: { $0.place == place }) {
            entries.append(entries.remove(at: index))
            return entries[entries.count - 1].entry
        }
        let room = try folder.room(freeBytes: device == .cpu ? FreeMemory().bytes : nil)
        let entry = try room.load {
            Entry(
                folder: folder, generator: try folder.generator(on: device),
                reference: try folder.reference())
        }
        entries.append((place, entry))
        if entries.count > capacity { entries.removeFirst() }
        return entry
    }

    private func stamp(of folder: ModelFolder) -> String {
        let weights = folder.description.weights
        let names = weights.files.map(\.file) + [PictureReference.fileName]
        let marks = names.map { name in
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: "\(folder.path)/\(name)")
            let size = attributes?[.size].map { "\($0)" } ?? ""
            let time = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return "\(size) \(time)"
        }
        return ([weights.sha256] + marks).joined(separator: " ")
    }
}
