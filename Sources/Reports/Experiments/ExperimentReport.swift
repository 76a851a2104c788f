package import Arrays
package import Images

/// What an experiment has found: a row for every method, setting and picture, and how to show them.
package struct ExperimentReport: Equatable, Sendable {
    /// The name of the experiment's file, without extension.
    package let name: String
    package let title: String
    /// Markdown.
    package let description: String?
    package let run: RunFacts
    package let sets: [PictureSet]
    package let methods: [Method]
    package let sweeps: [Sweep]
    package let rows: [Row]
    package let failures: [Failure]
    package let models: [ModelFacts]
    package let blocks: [Block]
    /// The experiment with every default filled in.
    package let settings: JSONValue
    /// How many pictures of every set were taken, nil when all were.
    package let limit: Int?
    /// Whether some methods have no result.
    package let isPartial: Bool

    package init(
        name: String, title: String, description: String?, run: RunFacts, sets: [PictureSet],
        methods: [Method], sweeps: [Sweep], rows: [Row], failures: [Failure],
        models: [ModelFacts], blocks: [Block], settings: JSONValue, limit: Int? = nil,
        isPartial: Bool = false
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.run = run
        self.sets = sets
        self.methods = methods
        self.sweeps = sweeps
        self.rows = rows
        self.failures = failures
        self.models = models
        self.blocks = blocks
        self.settings = settings
        self.limit = limit
        self.isPartial = isPartial
    }
}

extension ExperimentReport {
    package struct PictureSet: Equatable, Sendable {
        package let name: String
        package let count: Int

        package init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    package struct Method: Equatable, Sendable {
        package let name: String
        /// The name of the model of clean pictures, nil where none is used.
        package let prior: String?
        /// Its variants, of which the best counts; empty where it has none.
        package let variants: [Double]
        /// The method as the experiment has it.
        package let settings: JSONValue

        package init(name: String, prior: String?, variants: [Double] = [], settings: JSONValue) {
            self.name = name
            self.prior = prior
            self.variants = variants
            self.settings = settings
        }
    }

    /// A setting that took several amounts.
    package struct Sweep: Equatable, Sendable {
        package let setting: String
        package let label: String
        package let scale: AxisScale
        package let amounts: [Double]
        package let shown: [Double]

        package init(
            setting: String, label: String, scale: AxisScale, amounts: [Double], shown: [Double]
        ) {
            self.setting = setting
            self.label = label
            self.scale = scale
            self.amounts = amounts
            self.shown = shown
        }
    }

    /// The result of one method at one setting on one picture.
    package struct Row: Equatable, Sendable {
        package let set: Int
        package let method: Int
        package let sweep: Int?
        package let amount: Double?
        /// Which of the variants of a method, nil where it has none.
        package let variant: Double?
        /// Which picture of its set, counted from 0.
        package let number: Int
        package let picture: String
        package let score: Score
        package let objective: Double
        package let iterations: Int
        package let seconds: Double
        /// What it was computed with, maybe in an earlier run.
        package let computer: Computer
        package let warnings: [String]
        /// What tells the computation apart that it comes from, which methods may share; nil for one of its own.
        package let cell: String?

        package init(
            set: Int, method: Int, sweep: Int?, amount: Double?, variant: Double?, number: Int,
            picture: String, score: Score, objective: Double, iterations: Int, seconds: Double,
            computer: Computer, warnings: [String] = [], cell: String? = nil
        ) {
            self.set = set
            self.method = method
            self.sweep = sweep
            self.amount = amount
            self.variant = variant
            self.number = number
            self.picture = picture
            self.score = score
            self.objective = objective
            self.iterations = iterations
            self.seconds = seconds
            self.computer = computer
            self.warnings = warnings
            self.cell = cell
        }
    }

    /// A method at a setting that came to nothing.
    package struct Failure: Equatable, Sendable {
        package let set: Int
        package let method: Int
        package let sweep: Int?
        package let amount: Double?
        package let variant: Double?
        package let reason: String

        package init(
            set: Int, method: Int, sweep: Int?, amount: Double?, variant: Double?, reason: String
        ) {
            self.set = set
            self.method = method
            self.sweep = sweep
            self.amount = amount
            self.variant = variant
            self.reason = reason
        }
    }

    /// The pictures of one setting, to be looked at side by side.
    package struct Block: Equatable, Sendable {
        package let set: Int
        package let sweep: Int?
        package let amount: Double?
        package let pictures: [Shown]

        package init(set: Int, sweep: Int?, amount: Double?, pictures: [Shown]) {
            self.set = set
            self.sweep = sweep
            self.amount = amount
            self.pictures = pictures
        }
    }

    /// One picture with all that was made of it.
    package struct Shown: Equatable, Sendable {
        package let name: String
        package let truth: Picture?
        /// Nil where it is no picture.
        package let measurement: Picture?
        package let restored: [Restored]

        package init(
            name: String, truth: Picture?, measurement: Picture?, restored: [Restored]
        ) {
            self.name = name
            self.truth = truth
            self.measurement = measurement
            self.restored = restored
        }
    }

    package struct Restored: Equatable, Sendable {
        package let method: Int
        package let variant: Double?
        package let picture: Picture?
        package let score: Score

        package init(method: Int, variant: Double?, picture: Picture?, score: Score) {
            self.method = method
            self.variant = variant
            self.picture = picture
            self.score = score
        }
    }
}
