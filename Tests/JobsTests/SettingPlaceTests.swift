import Foundation
import Jobs
import TestSupport
import Testing
import YAML

/// Where a part of a job stands that something turns out to be wrong with.
@Suite struct SettingPlaceTests {
    private static let job = """
        version: 1
        defaults: shared.yaml
        images: [a.png, b.png]
        forward:
          - scale: 0.5
          - blur: {kernel: psf.npy}
        solver: [map, {unfolded: {model: deblur}}]

        """
    private static let defaults = "noise: {gaussian: {std: 0.1}}\nprior: faces64\n"

    @Test(arguments: [
        (SettingPath.key("images")[1], "job.yaml:3:17"),
        (.key("forward")[1]["blur"]["kernel"], "job.yaml:6:20"),
        // What is left out stands where it would be written.
        (.key("forward")[1]["blur"]["size"], "job.yaml:6:11"),
        (.key("forward")[0]["scale"], "job.yaml:5:12"),
        (.key("solver")[0]["map"], "job.yaml:7:10"),
        (.key("solver")[1]["unfolded"]["model"], "job.yaml:7:34"),
        (.key("prior"), "shared.yaml:2:8"), (.key("noise")["gaussian"], "shared.yaml:1:19"),
        (.key("prepare")["crop"], "job.yaml:1:1"),
    ])
    func `a part is found in the job or its defaults`(
        _ path: SettingPath, _ place: String
    ) throws {
        try withTemporaryDirectory { folder in
            try Data(Self.job.utf8).write(to: folder.appending(path: "job.yaml"))
            try Data(Self.defaults.utf8).write(to: folder.appending(path: "shared.yaml"))
            let position = JobReader.position(
                of: path, inJob: folder.appending(path: "job.yaml").path, named: "job.yaml",
                folder: folder.path, policy: .user, solvers: nil)
            #expect(position?.description == place, "\(path.text)")
        }
    }

    @Test func `one step need not be a list, and one of several methods has a number`() throws {
        try withTemporaryDirectory { folder in
            let path = folder.appending(path: "job.yaml")
            try Data("version: 1\nforward: {downsample: {factor: 3}}\n".utf8).write(to: path)
            let position = JobReader.position(
                of: .key("forward")[0]["downsample"]["factor"], inJob: path.path, named: "j",
                folder: folder.path, policy: .user, solvers: nil)
            #expect(position?.description == "j:2:32")
        }
        let path = SettingPath.key("solver")["bm3d"]["std"]
        #expect(path.text == "solver.bm3d.std")
        #expect(path.inMethod(2).text == "solver[2].bm3d.std")
        #expect(path.inMethod(2).inMethod(1).text == "solver[2].bm3d.std")
        #expect(SettingPath.key("prior").inMethod(1).text == "prior")
    }
}
