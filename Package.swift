// swift-tools-version: 6.2
import Foundation
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A Swift module in `Sources/`.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A program in `Sources/`.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of `module`, in `Tests/<module>Tests`.
func tests(_ module: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: "\(module)Tests", dependencies: dependencies + ["TestSupport"],
        swiftSettings: strict)
}

let libtorch = Context.environment["LIBTORCH"] ?? "\(Context.packageDirectory)/.libtorch"

/// Where the worker looks for the libraries of libtorch; installed programs have them beside them.
let runpath = Context.environment["SLUICE_RUNPATH"] ?? "\(libtorch)/lib"

/// Libraries of a libtorch for CUDA, which register themselves only when a program links them.
let cuda = FileManager.default.fileExists(atPath: "\(libtorch)/lib/libtorch_cuda.so")
let cudaLibraries: [LinkerSetting] =
    cuda
    ? [
        .unsafeFlags(["-Xlinker", "--no-as-needed"]), .linkedLibrary("torch_cuda"),
        .linkedLibrary("c10_cuda"),
    ] : []

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let web = Target.Dependency.product(name: "FlyingFox", package: "FlyingFox")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "sluice",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // L0: C libraries.
        .target(
            name: "CCodecs",
            linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg"), .linkedLibrary("z")]),
        .target(
            name: "CTorch",
            cxxSettings: [
                .headerSearchPath("gloo-names"),
                .unsafeFlags([
                    "-isystem\(libtorch)/include",
                    "-isystem\(libtorch)/include/torch/csrc/api/include",
                ]),
            ],
            linkerSettings: [
                .unsafeFlags([
                    "-L\(libtorch)/lib", "-Xlinker", "-rpath", "-Xlinker", runpath,
                ]),
                .linkedLibrary("torch"), .linkedLibrary("torch_cpu"), .linkedLibrary("c10"),
            ] + cudaLibraries),
        .target(name: "CSystem"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // L1
        module("Arrays", ["CCodecs"]),
        module("Markup", []),
        module("Programs", []),
        module("YAML", ["CYAML"]),
        module("Images", ["Arrays", "CCodecs"]),
        // L2
        module("Jobs", ["YAML"]),
        module("Tensors", ["Arrays", "CTorch"]),
        module("Datasets", ["Arrays", "Images"]),
        // L3
        module("Models", ["Arrays", "Tensors"]),
        module("Physics", ["Tensors"]),
        // L4
        module("Solvers", ["Models", "Physics", "Tensors"]),
        module("Training", ["Arrays", "Datasets", "Models", "Solvers", "Tensors"]),
        module("Reports", ["Arrays", "Images", "Markup"]),
        // L5
        module(
            "Pipeline",
            [
                "Arrays", "Datasets", "Images", "Jobs", "Models", "Physics", "Programs", "Reports",
                "Solvers", "Tensors", "YAML",
            ]),
        module("Daemon", ["Arrays", "CSystem", "Jobs", "YAML", logging]),
        // L6: programs, and what the worker does apart from its command line.
        module(
            "Worker",
            [
                "Arrays", "CSystem", "Datasets", "Images", "Jobs", "Models", "Pipeline", "Programs",
                "Reports", "Solvers", "Tensors", "Training", "YAML",
            ]),
        program(
            "sluice",
            ["Arrays", "Daemon", "Datasets", "Images", "Jobs", "Programs", "YAML", argumentParser]),
        module("StatusPage", ["Daemon", "Jobs", "Markup", web]),
        program("sluice-page", ["Daemon", "Programs", "StatusPage", argumentParser]),
        program("sluiced", ["Daemon", "Jobs", "Programs", argumentParser, logging]),
        program(
            "sluice-worker",
            [
                "Arrays", "Jobs", "Models", "Pipeline", "Programs", "Reports", "Tensors",
                "Training", "Worker", argumentParser,
            ]),
        program(
            "sluice-bench",
            [
                "Arrays", "Datasets", "Images", "Models", "Physics", "Programs", "Solvers",
                "Tensors", "Training", argumentParser,
            ]),
        // Tests.
        .testTarget(
            name: "ArchitectureTests", dependencies: ["Arrays", "YAML"], swiftSettings: strict),
        .executableTarget(
            name: "fake-worker", dependencies: ["Arrays", "Jobs"], path: "Tests/FakeWorker",
            swiftSettings: strict),
        .target(
            name: "TestSupport", dependencies: ["Arrays"], path: "Tests/TestSupport",
            swiftSettings: strict),
        .target(
            name: "TensorSupport", dependencies: ["Arrays", "Tensors", "TestSupport"],
            path: "Tests/TensorSupport", swiftSettings: strict),
        .target(
            name: "PhysicsSupport", dependencies: ["Physics", "Tensors", "TensorSupport"],
            path: "Tests/PhysicsSupport", swiftSettings: strict),
        tests("Arrays", ["Arrays"]),
        tests("Markup", ["Markup"]),
        tests("YAML", ["YAML"]),
        tests("Jobs", ["Jobs", "YAML"]),
        tests("Images", ["Images", "Arrays"]),
        tests("Tensors", ["Tensors", "Arrays", "TensorSupport"]),
        tests("Models", ["Models", "Tensors", "Arrays", "TensorSupport"]),
        tests("Datasets", ["Datasets", "Arrays", "Images"]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["Arrays", "Datasets", "Images", "TestSupport"],
            swiftSettings: strict),
        tests(
            "Pipeline",
            [
                "Pipeline", "Arrays", "Images", "Jobs", "Models", "Physics", "Reports", "Tensors",
            ]),
        tests("Reports", ["Reports", "Images", "Arrays"]),
        tests("Physics", ["Physics", "Tensors", "PhysicsSupport", "TensorSupport"]),
        tests(
            "Solvers",
            ["Solvers", "Models", "Physics", "Tensors", "PhysicsSupport", "TensorSupport"]),
        tests("Programs", ["Programs"]),
        tests(
            "Worker",
            [
                "Worker", "Arrays", "Datasets", "Images", "Jobs", "Models", "Pipeline", "Programs",
                "Reports", "Tensors", "Training",
            ]),
        tests(
            "Training",
            ["Training", "Arrays", "Datasets", "Models", "Physics", "Solvers", "Tensors"]),
        tests("StatusPage", ["StatusPage", "Daemon", "Jobs", "sluice-page"]),
        tests("Daemon", ["Daemon", "Jobs", "fake-worker", "sluiced", logging]),
    ],
    cxxLanguageStandard: .cxx20
)
