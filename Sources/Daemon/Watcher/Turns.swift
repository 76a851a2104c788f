import Jobs

/// Whose turn it is when there is more to look at than fits into one look.
///
/// Submissions have their turns in the order of their names, until a look has cost as much as it may; the
/// next look goes on after the last of them. When all have had a turn, a round is over. While everything
/// fits, each look is a round.
struct Turns: Sendable {
    /// How much one look may cost, but for what the last turn in it costs more than is left.
    private let most: Int
    private var spent = 0
    /// Up to this name, submissions had their turns in earlier looks of this round.
    private var earlier: FileName?
    private var last: FileName?
    private var isCut = false
    private var begun = 0
    /// Whether the round that is under way began with the last look.
    private var isFresh = false
    /// Those that this round is for: where others come without an end, it would never be over.
    private var members: Set<FileName> = []
    /// How many rounds are over.
    private(set) var ended = 0

    init(most: Int) {
        self.most = most
    }

    /// The round that begins with the next look, or the one after that which is under way.
    var next: Int { begun + 1 }

    /// The first round in which nothing has its turn before the last look.
    var whole: Int { isFresh ? begun : begun + 1 }

    /// Begins a look.
    mutating func begin() {
        spent = 0
        last = nil
        isCut = false
        isFresh = begun == ended
        if isFresh {
            begun += 1
            members = []
        }
    }

    /// Whether it is the turn of `name`; names come in their order.
    mutating func takes(_ name: FileName) -> Bool {
        if isFresh { members.insert(name) }
        if let earlier, name <= earlier { return false }
        guard members.contains(name) else { return false }
        guard spent < most else {
            isCut = true
            return false
        }
        last = name
        return true
    }

    /// Adds what a turn has cost.
    mutating func spend(_ cost: Int) {
        spent = spent.addingLimited(cost)
    }

    /// Ends a look.
    mutating func end() {
        guard isCut else {
            earlier = nil
            members = []
            ended = begun
            return
        }
        earlier = last ?? earlier
    }
}
