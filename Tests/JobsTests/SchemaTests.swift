import Foundation
import Jobs
import TestSupport
import Testing
import YAML

@Suite struct SchemaTests {
    @Test func `the schema of jobs that comes along is what the program prints`() throws {
        #expect(try Repository.text("etc/schema/job.schema.json") == SchemaDocument.job.json)
    }

    @Test func `the schema of the configuration that comes along is what the program prints`()
        throws
    {
        #expect(
            try Repository.text("etc/schema/config.schema.json")
                == SchemaDocument.configuration.json)
    }

    @Test func `the schema of recipes that comes along is what the program prints`() throws {
        #expect(try Repository.text("etc/schema/recipe.schema.json") == SchemaDocument.recipe.json)
    }

    @Test func `the schema of experiments that comes along is what the program prints`() throws {
        #expect(
            try Repository.text("etc/schema/experiment.schema.json")
                == SchemaDocument.experiment.json)
    }

    @Test func `the schema knows every key, its default and what is required`() throws {
        let schema = SchemaDocument.job
        #expect(schema["$schema"] == "http://json-schema.org/draft-07/schema#")
        #expect(schema["required"] == ["version", "images"])
        #expect(schema["additionalProperties"] == false)
        #expect(schema["properties"]?["seed"]?["default"] == .unsigned(0))
        #expect(schema["properties"]?["prepare"]?["properties"]?["bits"]?["maximum"] == 8)
    }

    @Test func `a file is told by its keys`() throws {
        func kind(_ text: String) -> DocumentKind {
            DocumentKind(of: YAMLDocument(reading: Array(text.utf8), file: "f"))
        }
        #expect(kind("version: 1\nimages: []\n") == .job)
        #expect(kind("settle: 2 s\nworkers: 3\n") == .configuration)
        #expect(kind("name: x\nversion: 1\nsteps: 3\n") == .recipe)
        #expect(kind("version: 1\ntitle: x\nmethods: []\n") == .experiment)
        #expect(kind("nothing: 1\n") == .job)
        #expect(kind("") == .job)
    }

    @Test(arguments: ["", "# only a comment\n", "---\n"])
    func `a configuration that says nothing is told by its name, or by whoever asks`(
        _ text: String
    ) throws {
        try withTemporaryDirectory { folder in
            let named = folder.appending(path: "sluice.yaml").path
            let other = folder.appending(path: "other.yaml").path
            for path in [named, other] { try Data(text.utf8).write(to: URL(filePath: path)) }
            let right = DocumentCheck(path: named)
            #expect(right.kind == .configuration && right.error == nil && !right.isGuess)
            let meant = DocumentCheck(path: other, as: .configuration)
            #expect(meant.kind == .configuration && meant.error == nil && !meant.isGuess)
            let guessed = DocumentCheck(path: other)
            #expect(guessed.kind == .job && guessed.error != nil && guessed.isGuess)
        }
    }

    @Test func `a key that nobody knows is told as a mistake of what the file is named`() throws {
        try withTemporaryDirectory { folder in
            let named = folder.appending(path: "sluice.yaml").path
            try Data("setle: 1 s\n".utf8).write(to: URL(filePath: named))
            let check = DocumentCheck(path: named)
            #expect(check.kind == .configuration)
            #expect(check.error?.description.contains("settle") == true)
            // Keys tell more than a name.
            try Data("version: 1\nimages: []\n".utf8).write(to: URL(filePath: named))
            #expect(DocumentCheck(path: named).kind == .job)
        }
    }
}
