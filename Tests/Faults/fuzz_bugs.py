"""Readers from which one check each was taken away: their fuzzers must notice."""

from fuzz_readers import SEEDS, fuzz
from harness import check

# The source, what stands there, and what stands there instead. All are in one program, of
# which SLUICE_PLANTED chooses a bug.
BUGS = {
    "idx": ("Sources/Datasets/IDX/IDXFile.swift",
            "guard size == file.size - header.byteCount else",
            'guard size == file.size - header.byteCount || isPlanted("idx") else'),
    "tar": ("Sources/Datasets/Sources/TarReader.swift",
            "guard size <= Self.maximumExtension else",
            'guard size <= Self.maximumExtension || isPlanted("tar") else'),
    "npy": ("Sources/Arrays/Formats/NPYFile.swift",
            "guard size == expected else", 'guard size == expected || isPlanted("npy") else'),
    "npz": ("Sources/Arrays/Archives/ZIPDirectory.swift",
            "guard end <= fields.bytes.count else",
            'guard end <= fields.bytes.count || isPlanted("npz") else'),
    "safetensors": ("Sources/Arrays/Formats/SafetensorsHeader.swift",
                    "length <= fileSize - 8 else",
                    'length <= fileSize - 8 || isPlanted("safetensors") else'),
    "index": ("Sources/Arrays/JSON/JSONValue.swift",
              'case "\\\\": result += "\\\\\\\\"',
              'case "\\\\": result += isPlanted("index") ? "\\\\" : "\\\\\\\\"'),
    "checkpoint": ("Sources/Arrays/Checkpoints/TensorRecord.swift",
                   "reach <= view.range.count / width",
                   'reach <= view.range.count / width || isPlanted("checkpoint")'),
    "json": ("Sources/Arrays/JSON/JSONParser.swift",
             "guard depth <= Self.maximumDepth else",
             'guard depth <= Self.maximumDepth || isPlanted("json") else'),
    "yaml": ("Sources/YAML/EventParser.swift",
             "defer { yaml_event_delete(&event) }",
             "defer {\n"
             "            var freed = event\n"
             "            yaml_event_delete(&event)\n"
             '            if isPlanted("yaml") { yaml_event_delete(&freed) }\n'
             "        }"),
    "job": ("Sources/YAML/YAMLValue+YAML.swift",
            "case .unsigned(let number): String(number)",
            'case .unsigned(let number): isPlanted("job") ? "0" : String(number)'),
    "configuration": ("Sources/Jobs/Configuration/ByteCount.swift",
                      "= count.multipliedReportingOverflow(by: factor.bytes)",
                      '= isPlanted("configuration") ? (count * factor.bytes, false)\n'
                      "            : count.multipliedReportingOverflow(by: factor.bytes)"),
    "recipe": ("Sources/Jobs/Configuration/Duration+Rule.swift",
               "= count.multipliedReportingOverflow(by: factor.milliseconds)",
               '= isPlanted("recipe") ? (count * factor.milliseconds, false)\n'
               "            : count.multipliedReportingOverflow(by: factor.milliseconds)"),
}


def plant(seconds, seed, readers=tuple(SEEDS)):
    missed = []
    for reader in readers:
        try:
            fuzz(reader, seconds, seed, changes=BUGS.values(), planted=reader)
            missed.append(reader)
        except AssertionError as failure:
            print(f"↳ {str(failure).splitlines()[0][:160]}", flush=True)
    assert not missed, f"nobody notices the bugs of {missed}"
    return len(readers), "bugs were all found"


@check("the fuzzers notice readers in Swift without one of their checks", only_full=True)
def planted_bugs(scope):
    return plant(300, scope.seed)
