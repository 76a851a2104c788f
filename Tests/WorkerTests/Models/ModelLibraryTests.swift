import Arrays
import Foundation
import Models
import Pipeline
import TestSupport
import Testing
import Worker

@Suite(.timeLimit(.minutes(20))) struct ModelLibraryTests {
    /// Runs `body` on a library of two folders: `first` has a, `second` has a, b and other things.
    private func withLibrary(_ body: (ModelLibrary, URL) throws -> Void) throws {
        try withTemporaryDirectory { folder in
            let (first, second) = (folder.path + "/first", folder.path + "/second/")
            try TinyModel.write(to: "\(first)/a")
            try TinyModel.write(TinyModel.glow, to: "\(second)a")
            try TinyModel.write(TinyModel.glow, to: "\(second)b")
            for name in ["a.training", ".hidden", "empty", "cut"] {
                try FolderEntry.makeFolder("\(second)\(name)")
            }
            for path in ["a.training/model.json", ".hidden/model.json", "cut/x.safetensors"] {
                try OutputFile.write([], to: second + path)
            }
            try OutputFile.write([], to: second + "file")
            try body(ModelLibrary([first, second, folder.path + "/none"]), folder)
        }
    }

    @Test func `a model is found by name in the first folder that has it, or by path`() throws {
        try withLibrary { library, folder in
            let names = ["a", "b", folder.path + "/second/a"]
            let found = try names.map { try library.model($0).description.architecture }
            #expect(found == [TinyModel.realNVP, TinyModel.glow, TinyModel.glow])
        }
    }

    @Test func `what is no model is refused with what to do`() throws {
        try withLibrary { library, folder in
            let error = #expect(throws: PipelineError.self) { try library.model("c") }
            #expect("\(error as Any)".contains("sluice model list"))
            #expect(throws: PipelineError.self) { try library.model("first/a") }
            let broken = #expect(throws: ModelError.self) { try library.model("cut") }
            #expect(broken?.reason == .missingFile("model.json"))
        }
    }

    @Test func `models are listed once, and broken folders with what is wrong`() throws {
        try withLibrary { library, folder in
            let listings = library.places.map(ModelListing.init)
            #expect(listings.map(\.name) == ["a", "b", "cut"])
            #expect(listings.map { $0.facts?.architecture } == ["real_nvp", "glow", nil])
            #expect(listings[0].folder == folder.path + "/first/a")
            #expect(listings[0].facts?.imageShape == [1, 8, 8])
            #expect(listings[2].error?.contains("model.json is missing") == true)
            let text = ModelTable(listings).text
            #expect(text.contains("\na     real_nvp      8×8 gray     8  1.250 bits/dim"))
            #expect(text.contains("\ncut cannot be used: \(folder.path)/second/cut: model.json"))
            #expect(listings[0].json["parameters"]?.integer == listings[0].facts?.parameters)
            #expect(listings[2].json["error"]?.string == listings[2].error)
        }
    }

    @Test func `a model without its weights is broken`() throws {
        try withLibrary { library, folder in
            try FileManager.default.removeItem(atPath: folder.path + "/first/a/model.safetensors")
            let listing = library.places.map(ModelListing.init)[0]
            #expect(listing.error?.contains("model.safetensors is missing") == true)
        }
    }

    @Test func `control characters of names do not reach a terminal`() throws {
        try withTemporaryDirectory { folder in
            try TinyModel.write(to: folder.path + "/a\u{1B}[31mb")
            let text = ModelTable(ModelLibrary([folder.path]).places.map(ModelListing.init)).text
            #expect(!text.contains("\u{1B}"))
        }
    }
}
