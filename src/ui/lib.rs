//! Stateless leptos components and the words they say, shared by app and desk.
