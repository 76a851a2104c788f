import Jobs
import YAML

extension FuzzedReader {
    func readYAML(_ bytes: [UInt8]) {
        let document = YAMLDocument(reading: bytes, file: "input.yaml")
        for issue in document.issues { precondition(!issue.description.isEmpty) }
    }

    /// A job that is accepted is the same when its complete form is read.
    func readJob(_ bytes: [UInt8]) throws(JobError) {
        let policy = PathPolicy.confined(datasets: ["Data"], models: ["Models"])
        let reader = JobReader(policy: policy) { _ in bytes }
        let job = try reader.read(bytes, file: "job.yaml")
        _ = job.files.flatMap { policy.candidates(for: $0, jobFolder: "folder") }
        let again = try reader.read(Array(job.value.yaml.utf8), file: "again.yaml")
        precondition(again == job, "written and read again, the job is another")
    }

    func readConfiguration(_ bytes: [UInt8]) throws(JobError) {
        _ = try SpecReader(ConfigurationSpec.rule).read(bytes, file: "sluice.yaml")
    }

    func readRecipe(_ bytes: [UInt8]) throws(JobError) {
        _ = try SpecReader(RecipeSpec.rule).read(bytes, file: "recipe.yaml")
    }
}
