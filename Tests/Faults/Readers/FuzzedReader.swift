import Arrays
import Datasets
import Jobs
import YAML

/// A reader that is fed with arbitrary bytes, and what must hold for whatever it accepts.
///
/// It may throw the errors that its type says. Traps, and sanitizers that find something, end
/// the process.
enum FuzzedReader: String, CaseIterable {
    case idx, tar, npy, npz, safetensors, index, checkpoint, json, yaml, job,
        configuration, recipe

    /// Reads `bytes`, and once more with their lengths and checksums put right, since hardly
    /// any change of a file with checksums gets past them.
    func feed(_ bytes: [UInt8]) {
        read(bytes)
        guard let repaired = repaired(bytes), repaired != bytes else { return }
        read(repaired)
    }

    private func repaired(_ bytes: [UInt8]) -> [UInt8]? {
        switch self {
        case .npy: Repair.npy(bytes)
        case .npz, .checkpoint: Repair.zip(bytes)
        case .safetensors: Repair.safetensors(bytes)
        case .tar: Repair.tar(bytes)
        case .idx, .index, .json, .yaml, .job, .configuration, .recipe: nil
        }
    }

    private func read(_ bytes: [UInt8]) {
        do {
            switch self {
            case .idx: try readIDX(MemoryFile.path(of: bytes))
            case .tar: try readTar(MemoryFile.path(of: bytes))
            case .npy: try readNPY(bytes)
            case .npz: try readNPZ(MemoryFile.path(of: bytes))
            case .safetensors: try readSafetensors(bytes)
            case .index: try readIndex(bytes)
            case .checkpoint: try readCheckpoint(MemoryFile.path(of: bytes))
            case .json: try readJSON(bytes)
            case .yaml: readYAML(bytes)
            case .job: try readJob(bytes)
            case .configuration: try readConfiguration(bytes)
            case .recipe: try readRecipe(bytes)
            }
        } catch {
            // Messages quote what was found, so writing them is a part of reading.
            precondition(!String(describing: error).isEmpty)
        }
    }
}
