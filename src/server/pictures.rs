//! A picture as somebody's camera made it becomes one that may be shown: small, upright, of pixels alone.
//!
//! What is sent may be a weapon: a few kilobytes that unfold into gigabytes. So sizes are read from its head and judged
//! before a pixel is decoded, decoding may take so much memory and no more, and one picture is worked on at a time. What
//! comes out is encoded anew from pixels, so nothing else of the file survives: not where it was taken, not by whom, nor
//! what was hidden behind its end.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use sha2::{Digest, Sha256};

use crate::site::manifest::hex;

/// Bytes of a file.
pub const LARGEST: usize = 10 << 20;
const MOST_PIXELS: u64 = 40_000_000;
/// A side longer than this is no photograph.
const LONGEST_SIDE: u32 = 20_000;
/// 40 megapixels of four bytes each, and room to unfold them.
const MEMORY: u64 = 256 << 20;
/// The longest side as it is shown, and as it is shown small.
const SIDE: u32 = 1_200;
const SMALL_SIDE: u32 = 480;
const QUALITY: u8 = 80;

/// Why a file is no picture for founders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPicture {
    #[error("is larger than 10 MB")]
    TooManyBytes,
    #[error("has more than 40 million pixels, or a side of more than 20,000")]
    TooManyPixels,
    #[error("is neither JPEG, PNG, WebP nor GIF")]
    OtherKind,
    #[error("is broken, or not whole")]
    Broken,
}

/// A picture as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Prepared {
    /// SHA-256 of `bytes`, in hexadecimal digits.
    pub sha: String,
    pub width: u32,
    pub height: u32,
    /// JPEG.
    pub bytes: Vec<u8>,
    /// The same, smaller.
    pub small: Vec<u8>,
}

/// Takes tenths of a second of a processor: not for a thread that answers others.
///
/// # Errors
/// What is no picture, or too much of one.
pub fn prepare(file: &[u8]) -> Result<Prepared, BadPicture> {
    let whole = upright(file)?;
    let shown = fitted(&whole, SIDE);
    let small = jpeg(&fitted(&shown, SMALL_SIDE))?;
    let (width, height) = (shown.width(), shown.height());
    let bytes = jpeg(&shown)?;
    Ok(Prepared { sha: hex(&Sha256::digest(&bytes)), width, height, bytes, small })
}

/// Decoded within its limits, and turned as the camera says it was held.
fn upright(file: &[u8]) -> Result<DynamicImage, BadPicture> {
    if file.len() > LARGEST {
        return Err(BadPicture::TooManyBytes);
    }
    let mut reader = ImageReader::new(Cursor::new(file));
    let format = image::guess_format(file).map_err(|_| BadPicture::OtherKind)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif) {
        return Err(BadPicture::OtherKind);
    }
    reader.set_format(format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| bad(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(BadPicture::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| bad(&error))?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn bad(error: &image::ImageError) -> BadPicture {
    match error {
        image::ImageError::Limits(_) => BadPicture::TooManyPixels,
        image::ImageError::Unsupported(_) => BadPicture::OtherKind,
        _ => BadPicture::Broken,
    }
}

/// Never larger than it was. From far away in two steps: the second one is slow and has to see little.
fn fitted(picture: &DynamicImage, side: u32) -> DynamicImage {
    let longest = picture.width().max(picture.height());
    if longest <= side {
        return picture.clone();
    }
    if longest > side * 3 {
        return picture.thumbnail(side * 2, side * 2).resize(side, side, FilterType::CatmullRom);
    }
    picture.resize(side, side, FilterType::CatmullRom)
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, BadPicture> {
    let mut bytes = Vec::new();
    let flat = on_white(picture);
    flat.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        .map_err(|_| BadPicture::Broken)?;
    Ok(bytes)
}

/// JPEG knows nothing see-through; as a page would show it.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let mixed = picture.to_rgba8();
    RgbImage::from_fn(mixed.width(), mixed.height(), |x, y| {
        let [red, green, blue, seen] = mixed.get_pixel(x, y).0.map(u32::from);
        Rgb([red, green, blue].map(|colour| ((colour * seen + 255 * (255 - seen)) / 255) as u8))
    })
}

#[cfg(test)]
mod tests;
