import Jobs

extension ImagesSpec {
    /// The part of a job that names the picture at `index`.
    func path(of index: Int) -> SettingPath {
        let path = SettingPath.key("images")
        switch self {
        case .files(let files): return files.count > 1 ? path[index] : path
        case .glob: return path
        case .idx: return path["idx"]
        }
    }
}
