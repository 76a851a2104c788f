import Glibc
import Models
package import Programs
import Tensors

/// What `sluice doctor` wants to know from the one program that has libtorch.
package struct WorkerDiagnosis {
    private let installed: ModelLibrary

    /// What is there, with the models in the folders `models`.
    package init(models: [String]) {
        installed = ModelLibrary(models)
    }

    /// Everything that was found.
    package var findings: [Finding] {
        [library, devices] + modelFindings
    }

    /// Whether libtorch computes, with gradients.
    private var library: Finding {
        do {
            let x = try Tensor.full([3], 2).leaf()
            let slope = try x.square().sum().gradients(of: [x])[0].doubles()
            guard slope == [4, 4, 4] else {
                return Finding(
                    "libtorch", .fails, "the derivative of x² at 2 is \(slope), not 4",
                    remedy: "install libtorch again: Scripts/install-libtorch")
            }
            let threads = try TorchProcess.threads()
            return Finding(
                "libtorch", .works, "version \(try TorchProcess.version()), \(threads) threads")
        } catch {
            return Finding(
                "libtorch", .fails, "\(error)",
                remedy: "install libtorch again: Scripts/install-libtorch")
        }
    }

    private var devices: Finding {
        do {
            let count = try Device.cudaCount()
            guard count > 0 else {
                return Finding("GPU", .works, "none that libtorch can use; jobs run on the CPU")
            }
            _ = try Tensor.full([3], 2).moved(to: .cuda(0)).sum().item()
            return Finding("GPU", .works, "\(count) with CUDA")
        } catch {
            return Finding(
                "GPU", .warning, "cannot be used: \(error); jobs run on the CPU",
                remedy: "check the driver with nvidia-smi")
        }
    }

    private var modelFindings: [Finding] {
        let found = installed.places.map { finding(name: $0.name, path: $0.path) }
        guard found.isEmpty else { return found }
        return [
            Finding(
                "models", .fails, "none in \(installed.folders.joined(separator: ", "))",
                remedy: "train one: sluice train etc/recipes/mnist-compact.yaml")
        ]
    }

    private func finding(name: String, path: String) -> Finding {
        do {
            let folder = try ModelFolder(reading: path)
            _ = try folder.generator()
            let description = folder.description
            let shape = description.imageShape
            let bits = description.bitsPerDimension.map { ", \(Self.decimals($0)) bits/dim" } ?? ""
            return Finding(
                "model \(name)", .works,
                "\(shape[2])×\(shape[1])×\(shape[0]), "
                    + "\(description.weights.parameters) parameters\(bits), in \(path)")
        } catch {
            return Finding(
                "model \(name)", .fails, "\(error)", remedy: "copy or train the model again")
        }
    }

    /// With three decimals.
    private static func decimals(_ number: Double) -> String {
        "\((number * 1000).rounded() / 1000)"
    }
}
