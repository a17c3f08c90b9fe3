//! Borders that two prefectures share are one line: found, cut into arcs, simplified once.
//!
//! The package draws every prefecture by itself and the two sides of a border differ by up to 0.09 units.
//! Simplifying them apart would open gaps in which a founder stands in no prefecture at all.

use super::shapes::{Point, Shapes};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Points nearer than this are one point (0.1 units are about 450 m).
const SNAP: f64 = 0.1;

type Node = usize;

/// Lines between the points where three sides meet, and prefectures as loops of them.
pub struct Topology {
    pub arcs: Vec<Vec<Point>>,
    /// Prefecture → ring → arcs, in the order of walking; `true` where an arc is walked backwards.
    pub prefectures: Vec<Vec<Vec<(usize, bool)>>>,
}

pub fn build(shapes: &Shapes, tolerance: f64) -> Topology {
    let (nodes, rings) = snapped(shapes);
    let junctions = junctions(&rings);
    let mut arcs: Vec<Vec<Node>> = Vec::new();
    let mut known: HashMap<Vec<Node>, usize> = HashMap::new();
    let prefectures = rings
        .iter()
        .map(|rings| {
            let cut = rings.iter().map(|ring| {
                cut(ring, &junctions)
                    .into_iter()
                    .map(|arc| {
                        let (arc, backwards) = one_direction(arc);
                        let at = *known.entry(arc.clone()).or_insert_with(|| {
                            arcs.push(arc);
                            arcs.len() - 1
                        });
                        (at, backwards)
                    })
                    .collect()
            });
            cut.collect()
        })
        .collect();
    let arcs = arcs.iter().map(|arc| {
        let line: Vec<Point> = arc.iter().map(|node| nodes[*node]).collect();
        simplified(&line, tolerance)
    });
    Topology { arcs: arcs.collect(), prefectures }
}

/// Rings as nodes: near points are one node, and a node that lies on another ring's side becomes part of that side.
fn snapped(shapes: &Shapes) -> (Vec<Point>, Vec<Vec<Vec<Node>>>) {
    let mut nodes: Vec<Point> = Vec::new();
    let mut cells: HashMap<(i64, i64), Vec<Node>> = HashMap::new();
    let cell = |point: Point| ((point.0 / SNAP).floor() as i64, (point.1 / SNAP).floor() as i64);
    let mut node = |point: Point| {
        let (x, y) = cell(point);
        let around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        let near = around.filter_map(|at| cells.get(&at)).flatten().copied();
        let nearest = near
            .map(|node| (distance(nodes[node], point), node))
            .min_by(|one, other| one.0.total_cmp(&other.0));
        match nearest {
            Some((apart, node)) if apart < SNAP => node,
            _ => {
                nodes.push(point);
                cells.entry((x, y)).or_default().push(nodes.len() - 1);
                nodes.len() - 1
            }
        }
    };
    let mut rings: Vec<Vec<Vec<Node>>> = shapes
        .iter()
        .map(|rings| rings.iter().map(|ring| ring.iter().map(|point| node(*point)).collect()).collect())
        .collect();
    for ring in rings.iter_mut().flatten() {
        *ring = with_nodes_on_sides(ring, &nodes);
        ring.dedup();
        while ring.len() > 1 && ring.first() == ring.last() {
            ring.pop();
        }
    }
    (nodes, rings)
}

fn with_nodes_on_sides(ring: &[Node], nodes: &[Point]) -> Vec<Node> {
    let mut whole = Vec::with_capacity(ring.len());
    for (at, &from) in ring.iter().enumerate() {
        let to = ring[(at + 1) % ring.len()];
        let mut between: Vec<(f64, Node)> = (0..nodes.len())
            .filter(|node| *node != from && *node != to)
            .filter_map(|node| Some((along(nodes[from], nodes[to], nodes[node])?, node)))
            .collect();
        between.sort_by(|one, other| one.0.total_cmp(&other.0));
        whole.push(from);
        whole.extend(between.into_iter().map(|(_, node)| node));
    }
    whole
}

/// How far along a side a point lies (0 to 1), if it lies on it.
fn along(from: Point, to: Point, point: Point) -> Option<f64> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    let t = ((point.0 - from.0) * dx + (point.1 - from.1) * dy) / (length * length);
    let foot = (from.0 + t * dx, from.1 + t * dy);
    (t > 0.0 && t < 1.0 && distance(foot, point) < SNAP).then_some(t)
}

/// Nodes where more than two sides meet.
fn junctions(rings: &[Vec<Vec<Node>>]) -> BTreeSet<Node> {
    let mut neighbours: BTreeMap<Node, BTreeSet<Node>> = BTreeMap::new();
    for ring in rings.iter().flatten() {
        for (at, &node) in ring.iter().enumerate() {
            let next = ring[(at + 1) % ring.len()];
            neighbours.entry(node).or_default().insert(next);
            neighbours.entry(next).or_default().insert(node);
        }
    }
    neighbours.into_iter().filter(|(_, around)| around.len() > 2).map(|(node, _)| node).collect()
}

/// The arcs of a ring from junction to junction; a ring without any is one arc that ends where it starts.
fn cut(ring: &[Node], junctions: &BTreeSet<Node>) -> Vec<Vec<Node>> {
    let start = ring.iter().position(|node| junctions.contains(node));
    let start = start.or_else(|| (0..ring.len()).min_by_key(|at| ring[*at])).unwrap_or_default();
    let mut arcs = Vec::new();
    let mut arc = Vec::new();
    for node in ring[start..].iter().chain(&ring[..=start]).copied() {
        arc.push(node);
        if arc.len() > 1 && junctions.contains(&node) {
            arcs.push(std::mem::replace(&mut arc, vec![node]));
        }
    }
    if arc.len() > 1 {
        arcs.push(arc);
    }
    arcs
}

/// The same arc for both of its sides, and whether this side walks it backwards.
fn one_direction(mut arc: Vec<Node>) -> (Vec<Node>, bool) {
    let backwards = arc.iter().gt(arc.iter().rev());
    if backwards {
        arc.reverse();
    }
    (arc, backwards)
}

/// Douglas and Peucker; a closed line keeps at least three corners.
fn simplified(line: &[Point], tolerance: f64) -> Vec<Point> {
    let last = line.len() - 1;
    let mut kept = vec![false; line.len()];
    (kept[0], kept[last]) = (true, true);
    if line[0] == line[last] {
        let far = farthest(line, 0, last);
        kept[far.1] = true;
        keep(line, 0, far.1, tolerance, &mut kept);
        keep(line, far.1, last, tolerance, &mut kept);
        if kept.iter().filter(|kept| **kept).count() < 4 {
            let (one, other) = (farthest(line, 0, far.1), farthest(line, far.1, last));
            kept[if one.0 > other.0 { one.1 } else { other.1 }] = true;
        }
    } else {
        keep(line, 0, last, tolerance, &mut kept);
    }
    line.iter().zip(kept).filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

fn keep(line: &[Point], first: usize, last: usize, tolerance: f64, kept: &mut [bool]) {
    if last - first < 2 {
        return;
    }
    let (apart, at) = farthest(line, first, last);
    if apart > tolerance {
        kept[at] = true;
        keep(line, first, at, tolerance, kept);
        keep(line, at, last, tolerance, kept);
    }
}

/// The point between two others that is farthest from the side between them, and how far.
fn farthest(line: &[Point], first: usize, last: usize) -> (f64, usize) {
    let between = (first + 1..last).map(|at| (from_side(line[first], line[last], line[at]), at));
    between.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((0.0, first))
}

fn from_side(from: Point, to: Point, point: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let square = dx * dx + dy * dy;
    let t = if square == 0.0 {
        0.0
    } else {
        (((point.0 - from.0) * dx + (point.1 - from.1) * dy) / square).clamp(0.0, 1.0)
    };
    distance((from.0 + t * dx, from.1 + t * dy), point)
}

fn distance(one: Point, other: Point) -> f64 {
    (one.0 - other.0).hypot(one.1 - other.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_border_is_one_arc_though_its_sides_were_drawn_apart() {
        let west = vec![(0.0, 0.0), (4.0, 0.0), (4.02, 2.0), (4.0, 4.0), (0.0, 4.0)];
        let east = vec![(4.03, 0.02), (8.0, 0.0), (8.0, 4.0), (4.0, 4.05), (4.0, 1.0)];
        let topology = build(&vec![vec![west], vec![east]], 0.2);
        assert_eq!(topology.arcs.len(), 3, "{:?}", topology.arcs);
        let shared: Vec<usize> = topology.prefectures[0][0].iter().map(|(arc, _)| *arc).collect();
        assert_eq!(topology.prefectures[1][0].iter().filter(|(arc, _)| shared.contains(arc)).count(), 1);
    }
}
