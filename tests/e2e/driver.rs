//! What a person, or a script of the page, can do with a browser; in words that the cases use.

use std::fmt::Debug;

use anyhow::{Context, Result, bail};
use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use tests::patience::until;

use crate::engine::{Browser, Engine};

impl Browser {
    pub async fn open(&self, url: &str) -> Result<()> {
        self.client.goto(url).await.with_context(|| format!("cannot open {url}"))
    }

    /// The element of this selector, as soon as it can be seen.
    pub async fn see(&self, css: &str) -> Result<Element> {
        until(&format!("{css} to be seen"), async || {
            let element = self.client.find(Locator::Css(css)).await?;
            Ok(element.is_displayed().await?.then_some(element))
        })
        .await
    }

    pub async fn click(&self, css: &str) -> Result<()> {
        // The page may replace the element between finding and clicking it.
        until(&format!("{css} to be clicked"), async || {
            self.client.find(Locator::Css(css)).await?.click().await?;
            Ok(Some(()))
        })
        .await
    }

    pub async fn text(&self, css: &str) -> Result<String> {
        Ok(self.see(css).await?.text().await?)
    }

    /// Waits until the text of an element holds a word.
    pub async fn read(&self, css: &str, word: &str) -> Result<String> {
        let mut last = String::new();
        let read = until(&format!("{css} to say {word}"), async || {
            last = self.client.find(Locator::Css(css)).await?.text().await?;
            Ok(last.contains(word).then(|| last.clone()))
        })
        .await;
        read.with_context(|| format!("it said: {last}"))
    }

    pub async fn is_there(&self, css: &str) -> Result<bool> {
        // Asked in the page: a driver that hands out an element fails where it goes in the same moment.
        let there = format!("return document.querySelector({}) !== null", serde_json::to_string(css)?);
        Ok(self.script(&there).await? == Value::Bool(true))
    }

    pub async fn gone(&self, css: &str) -> Result<()> {
        until(&format!("{css} to be gone"), async || Ok((!self.is_there(css).await?).then_some(()))).await
    }

    /// Runs a function body in the page and returns its value.
    pub async fn script(&self, body: &str) -> Result<Value> {
        self.client.execute(body, vec![]).await.with_context(|| format!("script: {body}"))
    }

    /// Waits until an expression of the page is true.
    pub async fn holds(&self, expression: &str) -> Result<()> {
        until(&format!("the page to say {expression}"), async || {
            let value = self.client.execute(&format!("return Boolean({expression})"), vec![]).await?;
            Ok((value == json!(true)).then_some(()))
        })
        .await
    }

    /// Runs a promise in the page and returns what it resolves to.
    pub async fn promise(&self, expression: &str) -> Result<Value> {
        let body = format!(
            "const done = arguments[arguments.length - 1];
             Promise.resolve().then(() => ({expression}))
               .then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
        );
        let answer = self.client.execute_async(&body, vec![]).await?;
        match answer.get("error") {
            Some(error) => bail!("{expression}: {error}"),
            None => Ok(answer["value"].clone()),
        }
    }

    /// Chromium's own protocol, for what WebDriver has no word for.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value> {
        if self.engine != Engine::Chromium {
            bail!("only Chromium understands {command}");
        }
        let body = json!({ "cmd": command, "params": parameters });
        self.command("goog/cdp/execute", body).await
    }

    /// A command that the client has no method for.
    pub async fn command(&self, path: &'static str, body: Value) -> Result<Value> {
        Ok(self.client.issue_cmd(Extension { path, body }).await?)
    }

    /// What the page wrote to its console; the other engines write it to the driver's log.
    pub async fn console(&self) -> Result<String> {
        if self.engine != Engine::Chromium {
            return Ok("see driver.log".to_owned());
        }
        let log = self.command("se/log", json!({ "type": "browser" })).await?;
        let entries = log.as_array().cloned().unwrap_or_default();
        let lines = entries.iter().map(|entry| format!("{} {}", entry["level"], entry["message"]));
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// A command by its address.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
