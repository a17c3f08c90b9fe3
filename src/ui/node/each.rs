//! A region of one element per key. An element stays the very same while its key is wanted.
//!
//! Between a finger's going down and its coming up a card must not be replaced by one that looks the same: the tap
//! would meet nothing, and the focus would be lost with it.

use std::cell::RefCell;

use reactive_graph::owner::Owner;
use tachys::renderer::Rndr;
use tachys::renderer::types::{Element, Node};

use super::{El, follow};

struct Item<K> {
    key: K,
    node: Node,
    /// What the element follows lives as long as the element, not as long as one run of the region.
    owner: Owner,
}

pub(super) fn follow_each<K: PartialEq + 'static>(
    parent: &Element,
    keys: Box<dyn Fn() -> Vec<K>>,
    make: Box<dyn Fn(&K) -> El>,
) {
    let end = Rndr::create_placeholder();
    Rndr::insert_node(parent, &end, None);
    let parent = parent.clone();
    let around = Owner::current().unwrap_or_default();
    let there: RefCell<Vec<Item<K>>> = RefCell::default();
    follow(Box::new(move || {
        let mut before = there.take();
        let items: Vec<Item<K>> = keys()
            .into_iter()
            .map(|key| match before.iter().position(|item| item.key == key) {
                Some(at) => before.swap_remove(at),
                None => {
                    let owner = around.child();
                    let element = owner.with(|| make(&key));
                    Item { node: element.0.into(), key, owner }
                }
            })
            .collect();
        for gone in before {
            gone.owner.cleanup();
            Rndr::remove(&gone.node);
        }
        put_in_order(&parent, &items, &end);
        there.replace(items);
    }));
}

/// Moves only what stands in a wrong place: a moved element loses the focus.
fn put_in_order<K>(parent: &Element, items: &[Item<K>], end: &Node) {
    let mut next = end;
    for item in items.iter().rev() {
        if Rndr::next_sibling(&item.node).as_ref() != Some(next) {
            Rndr::insert_node(parent, &item.node, Some(next));
        }
        next = &item.node;
    }
}
