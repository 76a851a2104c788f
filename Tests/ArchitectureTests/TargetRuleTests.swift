import Testing

/// That targets depend on each other as ARCHITECTURE.md says.
@Suite(.timeLimit(.minutes(20))) struct TargetRuleTests {
    private let table = """
        # Architecture
        | target | may import | holds |
        |---|---|---|
        | `CTorch` | libtorch | C functions |
        | `Arrays` | | arrays |
        | `Tensors` | Arrays, CTorch | tensors |
        | `sluice`, `sluiced` | Arrays; ArgumentParser | commands |
        """

    private let manifest = """
        let argumentParser = Target.Dependency.product(
            name: "ArgumentParser", package: "swift-argument-parser")
        let package = Package(
            targets: [
                .target(name: "CTorch", linkerSettings: [.linkedLibrary("torch")]),
                module("Arrays", []),
                module("Tensors", ["Arrays", "CTorch"]),
                // module("Arrays", ["Tensors"]),
                program("sluice", ["Arrays", argumentParser]),
                .executableTarget(
                    name: "sluiced",
                    dependencies: ["Arrays", argumentParser]),
            ])
        """

    @Test func `targets import what the table allows`() throws {
        try ImportRule().expectHolds()
    }

    @Test func `the rule notices an import that the table does not allow`() throws {
        let files = [
            "ARCHITECTURE.md": table,
            "Sources/Arrays/A.swift": "import Glibc\npackage import struct Tensors.Tensor\n",
            "Sources/Tensors/B.swift": "/* import Models */ import Arrays // import Models",
            "Sources/sluice/C.swift": "import ArgumentParser\n@preconcurrency import CTorch",
            "Sources/Other/D.swift": "",
        ]
        let table = "see the table of ARCHITECTURE.md"
        try ImportRule().expectViolations(
            in: files,
            [
                "ARCHITECTURE.md: there is no target CTorch",
                "ARCHITECTURE.md: there is no target sluiced",
                "Sources/Arrays/A.swift:2: Arrays may not import Tensors; \(table)",
                "Sources/Other: the table of ARCHITECTURE.md does not have this target",
                "Sources/sluice/C.swift:2: sluice may not import CTorch; \(table)",
            ])
    }

    @Test func `the package depends on what the table allows`() throws {
        try DependencyRule().expectHolds()
        #expect(try Manifest(.repository).targets.count > 10)
    }

    @Test func `the rule notices a dependency that the table does not allow`() throws {
        let wrong = manifest.replacing(
            "module(\"Arrays\", [])", with: "module(\"Arrays\", [\"Tensors\"])")
        try DependencyRule().expectViolations(
            in: ["ARCHITECTURE.md": table, "Package.swift": wrong],
            [
                "Package.swift: Arrays may not depend on Tensors;"
                    + " see the table of ARCHITECTURE.md"
            ])
        try DependencyRule().expectViolations(
            in: ["ARCHITECTURE.md": table, "Package.swift": manifest], [])
    }

    @Test func `the front programs do not link libtorch`() throws {
        try LinkageRule().expectHolds()
        let tensors = try Manifest(.repository).closure(of: "Tensors")
        #expect(tensors.contains("CTorch"), "the rule knows what libtorch is")
    }

    @Test func `the rule notices libtorch behind a front program`() throws {
        let wrong = manifest.replacing("\"sluice\", [\"Arrays\"", with: "\"sluice\", [\"Tensors\"")
        try LinkageRule().expectViolations(
            in: ["Package.swift": wrong],
            [
                "Package.swift: sluice depends on CTorch, which links libtorch"
            ])
        try LinkageRule().expectViolations(in: ["Package.swift": manifest], [])
    }
}
