import Foundation
import Jobs
import Testing
import YAML

/// That `Docs/configuration.md` and `etc/sluice.yaml` know every key of the configuration.
@Suite struct ConfigurationPageTests {
    private struct Key {
        /// The name with those of the keys that it lies in, such as `executor.local.workers`.
        let path: String
        let fallback: String?
    }

    /// All keys that `schema` allows below `path`.
    private static func keys(_ schema: YAMLValue, _ path: String = "") -> [Key] {
        let choices = ["oneOf", "anyOf"].flatMap { word -> [YAMLValue] in
            guard case .sequence(let values)? = schema[word] else { return [] }
            return values
        }
        let inner = choices.flatMap { keys($0, path) }
        guard case .mapping(let fields)? = schema["properties"] else { return inner }
        return inner
            + fields.flatMap { field -> [Key] in
                let name = path.isEmpty ? field.key : "\(path).\(field.key)"
                let below = keys(field.value, name)
                let fallback: String? =
                    if case .text(let text)? = field.value["default"] { text } else { nil }
                return below.isEmpty ? [Key(path: name, fallback: fallback)] : below
            }
    }

    /// The rows of the page's tables, by the key in the first cell.
    private static func rows(_ page: String) -> [String: [String]] {
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        return Dictionary(rows.map { ($0[0].replacing("`", with: ""), $0) }) { first, _ in first }
    }

    private static func missing(_ page: String) -> [String] {
        let rows = rows(page)
        return keys(ConfigurationSpec.rule.schema).compactMap { key in
            guard let row = rows[key.path], row.count >= 3 else { return key.path }
            guard let fallback = key.fallback else { return nil }
            return row[1] == "`\(fallback)`" ? nil : "\(key.path) = \(fallback)"
        }
    }

    @Test func `the page describes every key, with its default`() throws {
        let keys = Self.keys(ConfigurationSpec.rule.schema).map(\.path)
        #expect(keys.contains("executor.local.workers"))
        #expect(keys.count >= 20)
        #expect(Self.missing(try Repository.text("Docs/configuration.md")) == [])
    }

    @Test func `the page describes nothing else`() throws {
        let keys = Set(Self.keys(ConfigurationSpec.rule.schema).map(\.path))
        let page = try Repository.text("Docs/configuration.md")
        #expect(Set(Self.rows(page).keys).subtracting(keys) == [])
    }

    @Test func `a key or a default that is not there is noticed`() throws {
        let page = try Repository.text("Docs/configuration.md")
        let lines = page.split(separator: "\n").filter { !$0.hasPrefix("| `metrics`") }
        let changed = lines.joined(separator: "\n").replacing("| `30 s`", with: "| `31 s`")
        #expect(Self.missing(changed) == ["drain = 30 s", "metrics"])
    }

    @Test func `the configuration that comes along names every key`() throws {
        let text = try Repository.text("etc/sluice.yaml")
        for key in Self.keys(ConfigurationSpec.rule.schema) {
            let name = try #require(key.path.split(separator: ".").last)
            #expect(text.contains("\(name):"), "\(key.path)")
        }
    }
}
