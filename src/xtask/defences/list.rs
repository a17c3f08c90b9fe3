//! The defences against the cases of the list of faults, and how to take each out.

pub struct Defence {
    /// The id of its case.
    pub case: &'static str,
    pub engine: &'static str,
    pub what: &'static str,
    pub file: &'static str,
    /// What stands in the file, each exactly once, and what stands there without the defence.
    pub edits: &'static [(&'static str, &'static str)],
}

pub const DEFENCES: [Defence; 26] = [
    Defence {
        case: "a01",
        engine: "webkit",
        what: "a second way to the database through a blank frame",
        file: "src/browser/idb/connection.rs",
        edits: &[(
            "const ATTEMPTS: [Option<u32>; 4] = [None, Some(0), Some(200), Some(500)];",
            "const ATTEMPTS: [Option<u32>; 1] = [None];",
        )],
    },
    Defence {
        case: "a02",
        engine: "webkit",
        what: "the second way needs no network",
        file: "src/browser/idb/connection.rs",
        edits: &[(
            "const ATTEMPTS: [Option<u32>; 4] = [None, Some(0), Some(200), Some(500)];",
            "const ATTEMPTS: [Option<u32>; 1] = [None];",
        )],
    },
    Defence {
        case: "a03",
        engine: "chromium",
        what: "the connection is looked at when she comes back",
        file: "src/browser/idb/mod.rs",
        edits: &[("    probe::watch();\n", "")],
    },
    Defence {
        case: "a04",
        engine: "chromium",
        what: "a witness outside the database knows what was there",
        file: "src/browser/idb/connection.rs",
        edits: &[("        witness::check().await;\n", "")],
    },
    Defence {
        case: "a05",
        engine: "chromium",
        what: "opening has a limit",
        file: "src/browser/idb/opening.rs",
        edits: &[(
            "within(limit_ms, opened.as_mut()).await;",
            "Ok::<_, BrowserError>(opened.as_mut().await);",
        )],
    },
    Defence {
        case: "a06",
        engine: "chromium",
        what: "every request has a limit",
        file: "src/browser/idb/transaction.rs",
        edits: &[(
            "within(LIMIT_MS, requests).await.flatten().map_err(WriteFailure::NotSaved)?;",
            "requests.await.map_err(WriteFailure::NotSaved)?;",
        )],
    },
    Defence {
        case: "a07",
        engine: "chromium",
        what: "an upgrade that another tab blocks is told",
        file: "src/browser/idb/opening.rs",
        edits: &[("            tell(StorageEvent::Blocked);\n", "")],
    },
    Defence {
        case: "a08",
        engine: "chromium",
        what: "an old tab lets go when a newer version wants the database",
        file: "src/browser/idb/connection.rs",
        edits: &[(
            "            close(State::Newer);\n            tell(StorageEvent::NewerVersionElsewhere);\n        }\n    });\n    let gone",
            "        }\n    });\n    let gone",
        )],
    },
    Defence {
        case: "a17",
        engine: "chromium",
        what: "without IndexedDB the memory keeps, and says so",
        file: "src/browser/idb/connection.rs",
        edits: &[(
            "BrowserError::Unavailable | BrowserError::Refused => in_memory(),",
            "BrowserError::Unavailable | BrowserError::Refused => State::Broken,",
        )],
    },
    Defence {
        case: "a18",
        engine: "chromium",
        what: "localStorage may throw or be null",
        file: "src/browser/local.rs",
        edits: &[(
            "    crate::window().local_storage().ok().flatten()\n",
            "    Some(crate::window().local_storage().expect(\"allowed\").expect(\"there\"))\n",
        )],
    },
    Defence {
        case: "a19",
        engine: "chromium",
        what: "only what the browser promised is called a promise",
        file: "src/browser/storage.rs",
        edits: &[(
            "    yes(manager().and_then(|manager| manager.persisted().ok())).await\n",
            "    manager().is_some()\n",
        )],
    },
    Defence {
        case: "a20",
        engine: "chromium",
        what: "no page may frame the app",
        file: "src/server/headers.rs",
        edits: &[
            ("frame-ancestors 'none'; ", ""),
            ("(header::X_FRAME_OPTIONS, \"DENY\")", "(header::X_FRAME_OPTIONS, \"ALLOWALL\")"),
        ],
    },
    Defence {
        case: "b01",
        engine: "chromium",
        what: "every screen is answered from the device",
        file: "public/sw.js",
        edits: &[("      event.respondWith(screen(event, \"/\"));\n", "")],
    },
    Defence {
        case: "b02",
        engine: "chromium",
        what: "a version with a missing file is no version",
        file: "public/sw.js",
        edits: &[("    if (broken) throw broken.reason;\n", "")],
    },
    Defence {
        case: "b03",
        engine: "chromium",
        what: "bytes are compared with the manifest",
        file: "public/sw.js",
        edits: &[("  if (btoa(String.fromCharCode(...hash)) !== HASHES[path]) return undefined;\n", "")],
    },
    Defence {
        case: "b08_a_worker",
        engine: "chromium",
        what: "a worker that could not be had is told",
        file: "src/browser/service_worker.rs",
        edits: &[("            tell(Status::UpdateFailed);\n        }\n    });", "        }\n    });")],
    },
    Defence {
        case: "b08_leaving",
        engine: "webkit",
        what: "the worker looks for a newer version, not the page",
        file: "src/browser/service_worker.rs",
        edits: &[(
            "    tell_active(\"look\");",
            "    let _ = REGISTRATION.with_borrow(|held| held.as_ref().map(ServiceWorkerRegistration::update));",
        )],
    },
    Defence {
        case: "b11_a_half",
        engine: "chromium",
        what: "an evicted file comes back from the network",
        file: "public/sw.js",
        edits: &[(" ?? (await ensure(cache, path));", ";"), ("      event.waitUntil(mend());\n", "")],
    },
    Defence {
        case: "b11_without",
        engine: "chromium",
        what: "without the first file and the network there is a page",
        file: "public/sw.js",
        edits: &[(".catch(rescue);", ";")],
    },
    Defence {
        case: "b12",
        engine: "chromium",
        what: "a new version waits for her word",
        file: "src/browser/service_worker.rs",
        edits: &[(
            "ServiceWorkerState::Installed if replaces => tell(Status::UpdateWaiting),",
            "ServiceWorkerState::Installed if replaces => activate_waiting(),",
        )],
    },
    Defence {
        case: "b17",
        engine: "chromium",
        what: "the static page comes back when the app cannot start",
        file: "public/boot.js",
        edits: &[("  if (framed || !(await again(why).catch(() => false))) fail(why);\n", "")],
    },
    Defence {
        case: "b06_a_page",
        engine: "chromium",
        what: "a page whose app is nowhere is loaded once more",
        file: "public/boot.js",
        edits: &[("!(await again(why).catch(() => false))", "why")],
    },
    Defence {
        case: "b07",
        engine: "firefox",
        what: "the version that answers has a mark",
        file: "public/sw.js",
        edits: &[("  await cache.put(IN_USE, new Response());\n", "")],
    },
    Defence {
        case: "a_page_put_away_while_it_made",
        engine: "webkit",
        what: "a page that is put away rolls back what it was making",
        file: "src/browser/idb/opening.rs",
        edits: &[("            upgraded.transaction().into_iter().for_each(running::watch_upgrade);\n", "")],
    },
    Defence {
        case: "a_page_put_away",
        engine: "webkit",
        what: "a page that is put away rolls back what it was writing",
        file: "src/browser/idb/mod.rs",
        edits: &[("    running::watch();\n", "")],
    },
    Defence {
        case: "d07",
        engine: "chromium",
        what: "the worker sends what waits when no page does",
        file: "public/sw.js",
        edits: &[("  if (event.tag === WAITING) event.waitUntil(sendWaiting(event.lastChance));\n", "")],
    },
];
