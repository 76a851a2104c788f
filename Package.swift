// swift-tools-version: 6.2
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

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "sluice",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        // L0: C libraries.
        .target(
            name: "CCodecs",
            linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg"), .linkedLibrary("z")]),
        .target(name: "CSystem"),
        .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        // L1
        module("Arrays", ["CCodecs"]),
        module("YAML", ["CYAML"]),
        // L2
        module("Jobs", ["YAML"]),
        // L5
        module("Daemon", ["Arrays", "CSystem", "Jobs", "YAML", logging]),
        // L6: programs.
        program("sluice", ["Daemon", "Jobs", "YAML", argumentParser]),
        program("sluiced", ["Daemon", "Jobs", argumentParser, logging]),
        // Tests.
        .executableTarget(
            name: "fake-worker", dependencies: ["Jobs"], path: "Tests/FakeWorker",
            swiftSettings: strict),
        .target(
            name: "TestSupport", dependencies: ["Arrays"], path: "Tests/TestSupport",
            swiftSettings: strict),
        tests("Arrays", ["Arrays"]),
        tests("Jobs", ["Jobs", "YAML"]),
        tests("Daemon", ["Daemon", "Jobs", "fake-worker", "sluiced", logging]),
    ]
)
