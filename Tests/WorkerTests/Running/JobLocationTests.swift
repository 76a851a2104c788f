import Foundation
import Jobs
import TestSupport
import Testing
import Worker

@Suite struct JobLocationTests {
    @Test func `a file gives its name, and job.yaml that of its folder`() {
        #expect(JobLocation("/a/stripes.yaml").name.text == "stripes")
        #expect(JobLocation("/a/stripes.yml").name.text == "stripes")
        #expect(JobLocation("/a/stripes").name.text == "stripes")
        #expect(JobLocation("/a/b/job.yaml").name.text == "b")
        #expect(JobLocation("/a/b/../c/job.yml").name.text == "c")
        #expect(JobLocation("/job.yaml").name.text == "job")
        #expect(JobLocation("/a/.hidden.yaml").name.text == "job")
    }

    @Test func `paths are absolute`() {
        let location = JobLocation("x/stripes.yaml")
        let current = FileManager.default.currentDirectoryPath
        #expect(location.file == "\(current)/x/stripes.yaml")
        #expect(location.folder == "\(current)/x")
    }

    @Test func `a folder means the job.yaml in it`() throws {
        try withTemporaryDirectory { folder in
            let job = folder.appending(path: "faces")
            try FileManager.default.createDirectory(at: job, withIntermediateDirectories: true)
            for path in [job.path, job.path + "/"] {
                let location = JobLocation(path)
                #expect(location.file == job.path + "/job.yaml")
                #expect(location.name.text == "faces")
            }
        }
    }
}
