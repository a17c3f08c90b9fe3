//! Boxes that belong to a prefecture whatever the outlines say.
//!
//! Found by asking the outlines for every town point of the package: these are the towns and inhabited islands that
//! were answered with another prefecture only, or with none. A box puts its prefecture first; what the outlines say
//! is still offered beside it, so a box may be a little wider than its island.

/// Degrees: south, north, west, east.
pub struct Exception {
    pub prefecture: u8,
    pub sides: [f64; 4],
}

const fn exception(prefecture: u8, sides: [f64; 4]) -> Exception {
    Exception { prefecture, sides }
}

pub const EXCEPTIONS: [Exception; 33] = [
    // Drawn on the wrong side of a border: 境港市 and the coast of 米子市 in 島根県, 浦安市 and the south of 市川市 in
    // 東京都, the north of 香取市 in 茨城県, the west of 西淀川区 in 兵庫県, the south of 木曽岬町 in 愛知県.
    exception(31, [35.447, 35.5485, 133.24, 133.285]),
    exception(31, [35.494, 35.5485, 133.215, 133.24]),
    exception(31, [35.494, 35.542, 133.203, 133.215]),
    exception(31, [35.5485, 35.553, 133.255, 133.275]),
    exception(12, [35.62, 35.682, 139.8862, 139.94]),
    exception(12, [35.62, 35.644, 139.8805, 139.8862]),
    exception(12, [35.915, 35.955, 140.5, 140.57]),
    exception(27, [34.69, 34.715, 135.413, 135.44]),
    exception(24, [35.06, 35.085, 136.735, 136.755]),
    // 北山村, an exclave of 和歌山県 between 三重県 and 奈良県.
    exception(30, [33.935, 33.985, 135.9, 136.0]),
    // Islands under the wrong prefecture or missing in the Inland Sea: 上島町, islands of 今治市, 松山市 and 呉市; 直島,
    // islands of 丸亀市 and 坂出市; 六島 of 笠岡市.
    exception(38, [34.225, 34.305, 133.145, 133.28]),
    exception(38, [34.225, 34.29, 132.985, 133.1]),
    exception(38, [33.925, 33.99, 132.5, 132.56]),
    exception(34, [34.11, 34.185, 132.78, 132.88]),
    exception(37, [34.438, 34.48, 133.955, 134.03]),
    exception(37, [34.37, 34.425, 133.66, 133.81]),
    exception(33, [34.295, 34.315, 133.52, 133.545]),
    // 神島 of 鳥羽市; 舳倉島; 見島; an island of 松浦市; 長島町.
    exception(24, [34.535, 34.56, 136.97, 137.0]),
    exception(17, [37.83, 37.87, 136.89, 136.94]),
    exception(35, [34.75, 34.8, 131.11, 131.17]),
    exception(42, [33.37, 33.385, 129.825, 129.855]),
    exception(46, [32.11, 32.285, 130.11, 130.24]),
    // 三島村, 十島村, 与論島.
    exception(46, [30.77, 30.85, 129.9, 130.45]),
    exception(46, [29.1, 30.0, 129.2, 130.0]),
    exception(46, [27.0, 27.08, 128.38, 128.48]),
    // 粟国島, 多良間島, 与那国島; 大東 islands.
    exception(47, [26.56, 26.62, 127.19, 127.26]),
    exception(47, [24.63, 24.77, 124.67, 124.73]),
    exception(47, [24.4, 24.5, 122.9, 123.1]),
    exception(47, [25.75, 26.0, 131.1, 131.4]),
    // 青ヶ島; 小笠原 and 硫黄 islands.
    exception(13, [32.4, 32.5, 139.7, 139.8]),
    exception(13, [24.0, 27.8, 140.7, 142.4]),
    // 択捉島, 色丹島, 歯舞群島; 国後島.
    exception(1, [43.36, 45.6, 145.85, 148.95]),
    exception(1, [43.6, 44.5, 145.4, 145.85]),
];
