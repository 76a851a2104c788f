/// What libyaml found next.
struct ParserEvent {
    enum Kind: Equatable {
        case streamStart, streamEnd, documentStart, documentEnd
        case alias
        case scalar(YAMLScalar)
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    }

    let kind: Kind
    let position: YAMLPosition
    let hasAnchor: Bool
    let hasTag: Bool
}
