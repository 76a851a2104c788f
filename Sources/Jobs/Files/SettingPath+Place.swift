internal import YAML

/// Ways to parts of a job that are put together key by key.
extension SettingPath {
    /// The way to what stands behind `key` in a job.
    package static func key(_ key: String) -> SettingPath {
        SettingPath(steps: [.key(key)], text: key)
    }

    /// The way to what stands behind `key` there.
    package subscript(key: String) -> SettingPath {
        SettingPath(steps: steps + [.key(key)], text: "\(text).\(key)")
    }

    /// The way to an element of the list that is there, counted from 0.
    package subscript(index: Int) -> SettingPath {
        SettingPath(steps: steps + [.index(index)], text: "\(text)[\(index)]")
    }

    /// The way of one method among several: `solver.bm3d.std` becomes `solver[1].bm3d.std`; other
    /// ways stay as they are.
    package func inMethod(_ index: Int) -> SettingPath {
        guard let first = steps.first, first == .key("solver"), text.hasPrefix("solver"),
            !text.hasPrefix("solver[")
        else { return self }
        return SettingPath(
            steps: [first, .index(index)] + steps.dropFirst(),
            text: "solver[\(index)]" + text.dropFirst("solver".count))
    }
}

extension YAMLNode {
    /// Where the end of `path` stands: as much of the way as there is, since defaults are not
    /// written, one step need not be a list, and a bare word has no settings.
    func position(of path: SettingPath) -> YAMLPosition {
        var node = self
        for step in path.steps {
            switch step {
            case .key(let key):
                guard let next = node[key] else { return node.position }
                node = next
            case .index(let index):
                guard let elements = node.elements else { continue }
                guard elements.indices.contains(index) else { return node.position }
                node = elements[index]
            }
        }
        return node.position
    }
}
