import Jobs
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
}
